"""What surveys keep: drafts and files, open codes, anonymous answers, and who stands by to read them."""
