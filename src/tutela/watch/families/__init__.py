"""The rules, by family. Each is a pure function over the counters of a scene."""
