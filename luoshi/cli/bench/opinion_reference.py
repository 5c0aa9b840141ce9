"""The reference's groups of one conversation; run by the Python of `.venv-bench` alone.

Reads JSON from the standard input: votes (voter, statement, vote), the statements that
were turned down, the fewest votes of who steers, and rounds. Writes the group of each
voter and the shortest time.
"""

import json
import sys
import time
from typing import Any


def main() -> None:
    """Run the reference and print what it found."""
    from reddwarf.implementations.polis import run_pipeline

    asked: dict[str, Any] = json.load(sys.stdin)
    votes = [
        {"participant_id": voter, "statement_id": statement, "vote": vote}
        for voter, statement, vote in asked["votes"]
    ]
    seconds = []
    for _round in range(asked["rounds"]):
        began = time.perf_counter()
        found = run_pipeline(
            votes=votes,
            mod_out_statement_ids=asked["left_out"],
            min_user_vote_threshold=asked["min_votes"],
            random_state=asked["seed"],
        )
        seconds.append(time.perf_counter() - began)
    steering = found.participants_df[found.participants_df["to_cluster"]]
    group = {str(voter): int(one) for voter, one in steering["cluster_id"].items()}
    json.dump({"group": group, "seconds": min(seconds)}, sys.stdout)


if __name__ == "__main__":
    main()
