"""Long drills: crashes and crowds, run by `make drill`."""
