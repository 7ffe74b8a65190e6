"""The vectorised peers of alpha.c and folds.c, where Debian's numpy,
statsmodels and scikit-learn are installed: the same work, one line each, as
NAME SECONDS MIB.  Nominal alpha from a table of coincidences; Fleiss' kappa by
statsmodels; stratified folds of whole groups by scikit-learn."""
import resource
import time

try:
    import numpy as np
except ImportError:
    print("no numpy: no peer to compare with")
    raise SystemExit(0)


def best(work):
    took = []
    for _ in range(3):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def say(name, work):
    print(name, f"{best(work):.6f}",
          resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


rng = np.random.default_rng(0)
items, raters, values = 100_000, 10, 6
truth = rng.integers(values, size=(items, 1))
table = np.where(rng.random((items, raters)) < 0.6, truth,
                 rng.integers(values, size=(items, raters)))
missing = rng.random((items, raters)) < 0.1


def alpha():
    counts = np.stack([((table == v) & ~missing).sum(1)
                       for v in range(values)], 1)
    counts = counts[counts.sum(1) >= 2].astype(float)
    m = counts.sum(1)
    pairs = counts.T @ (counts / (m - 1)[:, None])
    pairs -= np.diag((counts / (m - 1)[:, None]).sum(0))
    n_c = pairs.sum(0)
    n = n_c.sum()
    observed = (pairs.sum() - np.trace(pairs)) / n
    expected = (n * n - (n_c ** 2).sum()) / (n * (n - 1))
    return 1 - observed / expected


say("numpy-nominal-alpha-100000x10x6", alpha)
try:
    from statsmodels.stats.inter_rater import fleiss_kappa
    counts = np.stack([(table == v).sum(1) for v in range(values)], 1)
    say("statsmodels-fleiss-kappa-100000x6", lambda: fleiss_kappa(counts))
except ImportError:
    print("no statsmodels")
try:
    from sklearn.model_selection import StratifiedGroupKFold
    y = rng.integers(6, size=1_000_000)
    groups = rng.integers(2000, size=1_000_000)
    say("sklearn-stratified-group-folds-1000000",
        lambda: list(StratifiedGroupKFold(5).split(y, y, groups)))
except ImportError:
    print("no scikit-learn")
