"""Real mail servers for the tests: private, on free ports of this machine, gone afterwards."""
