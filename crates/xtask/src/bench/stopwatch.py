# Starts programs in turn, round after round, and tells what each run cost.
#
# In: JSON {rounds, programs: [{words, folder, forget: [paths]}]}. What is to be forgotten is removed
# before each run. Out: JSON, for each program a list of [wall s, CPU s, peak KiB, exit code].
import json
import os
import shutil
import sys
import time


def run(program):
    for path in program["forget"]:
        shutil.rmtree(path, ignore_errors=True)
    os.chdir(program["folder"])
    words = program["words"]
    start = time.perf_counter()
    child = os.posix_spawnp(words[0], words, os.environ, file_actions=SILENT)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    return [wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]


SILENT = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
]
task = json.load(sys.stdin)
rounds = [[run(it) for it in task["programs"]] for _ in range(task["rounds"])]
json.dump([list(runs) for runs in zip(*rounds)], sys.stdout)
