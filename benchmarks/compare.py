"""Compare: `cascade bench send` and a pooled Node mailer, in turn, to the same sink, in one run.

npm ci --prefix benchmarks
.venv/bin/python -m benchmarks.compare --n 20000 --rounds 3
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from bot.bench.sink import sink_process

HERE = Path(__file__).resolve().parent


def measure(command: list[str]) -> float:
    """Run one mailer; gives its letters a second."""
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)  # noqa: S603
    return float(json.loads(done.stdout)["letters_per_s"])


def main() -> None:
    """Run the rounds and print each figure's median and their ratio, round by round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    ours, theirs = [], []
    for _ in range(given.rounds):
        with sink_process() as sink:
            node = ["node", str(HERE / "pooled_mailer.mjs"), str(sink.port), str(given.n)]
            theirs.append(measure(node))
            cascade = [sys.executable, "-m", "bot", "bench", "send", "--n", str(given.n)]
            ours.append(measure([*cascade, "--smtp", f"127.0.0.1:{sink.port}", "--json"]))
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    figures = {
        "cascade_letters_per_s": {"median": statistics.median(ours), "all": ours},
        "node_letters_per_s": {"median": statistics.median(theirs), "all": theirs},
        "ratio": {"median": round(statistics.median(ratios), 2), "all": [round(one, 2) for one in ratios]},
    }
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
