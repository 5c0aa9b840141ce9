"""Made-up conversations, small enough to see what must come out, and drawn ones."""

import numpy as np

# Two blocs of ten and twenty statements: on 0 to 15 one agrees where the other does
# not, on 16 to 19 all agree.
BLOC, STATEMENTS, CONTESTED = 10, 20, 16


def blocs(first=BLOC, second=BLOC):
    """Return voters, statements and votes of two blocs that contradict each other."""
    voters, statements = np.divmod(np.arange((first + second) * STATEMENTS), STATEMENTS)
    own_way = (voters < first) == (statements % 2 == 0)
    votes = np.where((statements >= CONTESTED) | own_way, 1, -1)
    return voters, statements, votes


def drawn(voters, statements, groups, seed, filled=0.3):
    """Return voters, statements, votes and groups drawn with clear differences."""
    rng = np.random.default_rng(seed)
    group = np.arange(voters) % groups
    shares = rng.choice([0.05, 0.95], (groups, statements))
    votes = np.where(rng.random((voters, statements)) < shares[group], 1, -1)
    votes[rng.random(votes.shape) < 0.1] = 0
    row, column = np.nonzero(rng.random(votes.shape) < filled)
    return row, column, votes[row, column], group


def noise(voters, statements, seed, filled=0.3):
    """Return voters, statements and votes that only the statement's shares decide."""
    rng = np.random.default_rng(seed)
    shares = rng.uniform(0.1, 0.9, statements)
    votes = np.where(rng.random((voters, statements)) < shares, 1, -1)
    row, column = np.nonzero(rng.random(votes.shape) < filled)
    return row, column, votes[row, column]


def line(voters, statements, seed):
    """Return votes of people spread evenly over one line, in no groups."""
    rng = np.random.default_rng(seed)
    place = rng.standard_normal((voters, 1))
    way = rng.standard_normal(statements)
    shares = 1 / (1 + np.exp(-place * way))
    votes = np.where(rng.random((voters, statements)) < shares, 1, -1)
    row, column = np.nonzero(rng.random(votes.shape) < 0.5)
    return row, column, votes[row, column]
