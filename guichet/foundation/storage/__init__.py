"""Files from strangers: kept under random names, described, previewed; never trusted."""
