"""How the Dutch pipeline that ships with signaal is made: `python -m training`."""

import os

# One thread: sums are added in the same order each time, so that the weights come out the same.
# It has to be set before numpy is loaded, hence here.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
