"""Random histories, the same questions to Alembic and to lexo (through dag_tool).

usage: compare.py DAG_TOOL [COUNT [SEED]]

For each history: upgrade, downgrade, stamp, history, show, heads and branches with random identifiers, from states that
move as the commands say.  Both must run the same revisions in an order that fits what they need, leave the same rows in the
version table, and refuse the same.  Where lexo means to differ the case is counted under its number in docs/alembic.md
("Identifiers and branches"); every other difference fails.
SPDX-License-Identifier: Apache-2.0
"""
import collections
import io
import random
import subprocess
import sys
import tempfile
import types
import warnings

from alembic.runtime.migration import HeadMaintainer, MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import Revision, RevisionError, RevisionMap
from alembic.util import CommandError

warnings.simplefilter("ignore")
COMMANDS = 12  # for each history


class Script(Revision):
    doc = ""

    def __init__(self, *args, **named):
        super().__init__(*args, **named)

        def upgrade():
            pass

        def downgrade():
            pass

        self.module = types.SimpleNamespace(upgrade=upgrade, downgrade=downgrade)


class Dag:
    """A random history."""

    def __init__(self, rng):
        self.rng = rng
        self.ids, self.parents, self.needs, self.labels = [], {}, {}, {}
        self.label_of = {}
        stems = ["%04x" % rng.randrange(65536) for _ in range(3)]
        for number in range(rng.randint(1, 14)):
            self.add(number, stems)

    def add(self, number, stems):
        rng = self.rng
        while True:
            stem = rng.choice(stems) if rng.random() < 0.4 else "%04x" % rng.randrange(65536)
            id_ = stem + "%08x" % rng.randrange(1 << 32)
            if id_ not in self.parents:
                break
        parents = []
        if number and rng.random() > 0.12:
            count = rng.choices([1, 2, 3], [75, 20, 5])[0]
            # mostly at the newest ends, so that there are lines and not only bushes
            pool = self.ids[-5:] if rng.random() < 0.8 else self.ids
            for candidate in rng.sample(pool, min(len(pool), count)):
                related = any(candidate in self.below(p) or p in self.below(candidate) for p in parents)
                if not related or rng.random() < 0.05:
                    parents.append(candidate)
        needs = []
        if number > 1 and rng.random() < 0.25:
            below = set().union(*[self.below(p) for p in parents]) if parents else set()
            others = [i for i in self.ids if i not in below or rng.random() < 0.1]
            needs = rng.sample(others, min(len(others), rng.choice([1, 1, 1, 2])))
        labels = []
        if rng.random() < 0.2:
            labels = ["branch%d%s" % (number, "x" * rng.randrange(3))]
            if rng.random() < 0.1:
                labels.append("other%d" % number)
        self.ids.append(id_)
        self.parents[id_], self.needs[id_], self.labels[id_] = parents, needs, labels
        for label in labels:
            self.label_of[label] = id_

    def below(self, id_, by_needs=True):
        seen, todo = set(), [id_]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo += self.parents[one] + (self.needs[one] if by_needs else [])
        return seen

    def tips(self, ids):
        return {i for i in ids if not any(i != o and i in self.below(o) for o in ids)}

    def is_ordered(self, ids):
        place = {id_: n for n, id_ in enumerate(ids)}
        return all(place[n] < place[i] for i in ids for n in self.below(i) if n in place and n != i)

    def random_state(self):
        count = self.rng.choices([0, 1, 2, 3], [20, 45, 25, 10])[0]
        return self.tips(self.rng.sample(self.ids, min(count, len(self.ids))))

    # --- identifiers
    def name(self):
        rng = self.rng
        id_ = rng.choice(self.ids)
        return rng.choice([id_, id_, id_[: rng.randint(4, 11)], rng.choice(list(self.label_of) or [id_]), "nosuch"])

    def branch(self):
        rng = self.rng
        if self.label_of and rng.random() < 0.75:
            return rng.choice(list(self.label_of))
        return rng.choice(self.ids)

    def identifier(self):
        rng = self.rng
        step = rng.choice("+-") + str(rng.choice([1, 1, 1, 2, 2, 3, 5]))
        forms = [
            (12, lambda: self.name()),
            (4, lambda: "head"),
            (8, lambda: "heads"),
            (4, lambda: "base"),
            (12, lambda: step),
            (8, lambda: rng.choice(self.ids) + step),
            (3, lambda: "head" + step),
            (2, lambda: "base" + step),
            (5, lambda: self.branch() + "@head"),
            (4, lambda: self.branch() + "@heads"),
            (8, lambda: self.branch() + "@base"),
            (10, lambda: self.branch() + "@" + step),
            (4, lambda: self.branch() + "@head" + step),
            (4, lambda: self.branch() + "@" + rng.choice(self.ids)),
            (4, lambda: self.branch() + "@" + rng.choice(self.ids) + step),
            (1, lambda: "nosuch@head"),
        ]
        return rng.choices([f for _, f in forms], [w for w, _ in forms])[0]()

    def range(self):
        ends = [lambda: "", lambda: self.rng.choice(self.ids), lambda: self.name(), lambda: self.branch() + "@head"]
        lower = self.rng.choice(ends[:3] + [lambda: "base", lambda: self.branch() + "@base"])()
        return lower + ":" + self.rng.choice(ends + [lambda: "head", lambda: "heads"])()


# --- Alembic ------------------------------------------------------------------------------------------------------------
class Alembic:
    def __init__(self, dag, folder):
        scripts = [
            Script(i, tuple(dag.parents[i]) or None, tuple(dag.needs[i]) or None, tuple(dag.labels[i]) or None)
            for i in dag.ids
        ]
        self.directory = ScriptDirectory(folder)
        self.directory.revision_map = RevisionMap(lambda: scripts)
        self.context = MigrationContext.configure(
            dialect_name="sqlite", opts={"as_sql": True, "output_buffer": io.StringIO()}
        )

    def run(self, steps, rows):
        keeper = HeadMaintainer(self.context, tuple(rows))
        try:
            for step in steps:
                keeper.update_to_step(step)
        except (AssertionError, KeyError):  # its own bookkeeping
            return None
        return set(keeper.heads)

    def upgrade(self, rows, target):
        steps = self.directory._upgrade_revs(target, tuple(sorted(rows)))
        return [s.revision.revision for s in steps], self.run(steps, rows)

    def downgrade(self, rows, target):
        steps = self.directory._downgrade_revs(target, tuple(sorted(rows)))
        return [s.revision.revision for s in steps], self.run(steps, rows)

    def stamp(self, rows, *targets):
        return [], self.run(self.directory._stamp_revs(tuple(targets), tuple(sorted(rows))), rows)

    def show(self, rows, name):
        found = self.directory.get_revisions(name)
        return [r.revision for r in found if r is not None], None

    def history(self, rows, range_=":"):
        lower, upper = range_.split(":")
        found = self.directory.walk_revisions(base=lower or "base", head=upper or "heads")
        return [r.revision for r in found], None

    def heads(self, rows):
        return self.directory.get_heads(), None

    def tips(self, rows):
        return [r.revision for r in self.directory.get_revisions("heads")], None

    def branches(self, rows):
        return [r.revision for r in self.directory.walk_revisions() if r.is_branch_point], None

    def ask(self, command, rows, *arguments):
        """(outcome, revisions, rows); outcome: ok, error, or crash for what Alembic did not mean to happen."""
        try:
            return ("ok", *getattr(self, command)(rows, *arguments))
        except (CommandError, RevisionError) as error:
            return "error", str(error), None
        except Exception as error:  # assertions and the like
            return "crash", repr(error), None


# --- lexo ---------------------------------------------------------------------------------------------------------------
class Lexo:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def send(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")

    def answer(self):
        self.process.stdin.flush()
        line = self.process.stdout.readline().rstrip("\n")
        if not line:
            sys.exit("dag_tool ended")
        outcome, _, rest = line.partition(" ")
        if outcome == "error":
            return "error", rest, None
        first, bar, second = rest.partition("|")
        return "ok", first.split(), set(second.split()) if bar else None

    def load(self, dag):
        self.send("dag")
        for i in dag.ids:
            lists = (dag.parents[i], dag.needs[i], dag.labels[i])
            self.send("revision", i, *[",".join(names) or "-" for names in lists])
        self.send("link")
        return self.answer()

    def ask(self, command, rows, *arguments):
        self.send("state", *sorted(rows))
        self.answer()
        self.send(command, *arguments)
        return self.answer()


# --- the comparison -----------------------------------------------------------------------------------------------------
def is_bare_step(text):
    return text.rpartition("@")[2][:1] in ("+", "-")


def deliberate(dag, command, rows, arguments, theirs, ours):
    """The number of the difference in docs/alembic.md, or None."""
    target = arguments[0] if arguments else ""
    name = target.rpartition("@")[2]
    if theirs[0] == "crash":
        return 1
    if command == "downgrade" and target[:1] == "-" and len(rows) > 1 and ours[0] == "error":
        return 2
    if command == "downgrade" and "@" in target and not is_bare_step(target) and name != "base":
        return 3
    if command == "downgrade" and theirs[0] == "error" and ours[0] == "ok" and not ours[1] and ours[2] == rows:
        return 4
    if command in ("stamp", "show") and any(is_bare_step(a) or a[-2:-1] in "+-" for a in arguments):
        return 6
    if command == "stamp" and (len(arguments) > 1 or name == "heads" or "@" in target):
        return 5 if ours[0] == "error" or ours[2] == stamped(dag, rows, arguments) else None
    if name.startswith("base-"):
        return 7
    branch = target.partition("@")[0] if "@" in target else ""
    if command == "history" and branch and theirs[0] == ours[0] and (branch in dag.parents or not theirs[1]):
        return 8
    if command == "upgrade" and branch and name == "heads" and "overlaps" in theirs[1]:
        return 9
    return None


def stamped(dag, rows, arguments):
    """What the rule says for several targets: rows that are related to one of them go, the others stay."""
    targets, goes = set(), set()
    for text in arguments:
        branch, _, name = text.rpartition("@")
        root = dag.label_of.get(branch, branch) or None
        if name in ("head", "heads"):
            found = {i for i in dag.ids if not any(i in dag.parents[o] for o in dag.ids)}
            found = {i for i in found if not root or root in dag.below(i, False) or i in dag.below(root, False)}
        elif name == "base":
            found = set()
            goes |= {r for r in rows if not root or root in dag.below(r) or r in dag.below(root)}
        else:
            found = {dag.label_of.get(name) or next((i for i in dag.ids if i.startswith(name)), None)}
        found.discard(None)
        targets |= dag.tips(found)
    goes |= {r for r in rows for t in targets if r in dag.below(t) or t in dag.below(r)}
    return targets | (rows - goes)


def agree(dag, command, rows, theirs, ours):
    if theirs[0] != ours[0]:
        return False
    if ours[0] == "error":
        return True
    if set(theirs[1]) != set(ours[1]) or len(ours[1]) != len(set(ours[1])):
        return False
    if command in ("upgrade", "downgrade", "history"):
        order = ours[1] if command == "upgrade" else ours[1][::-1]
        if not dag.is_ordered(order):
            return False
    if command in ("upgrade", "downgrade"):
        applied = set().union(*[dag.below(r) for r in rows])
        applied = applied | set(ours[1]) if command == "upgrade" else applied - set(ours[1])
        if dag.tips(applied) != ours[2]:
            return False
    # a row that another row stands on says nothing; lexo has none
    return ours[2] is None or (command != "stamp" and theirs[2] is None) or dag.tips(theirs[2] or ()) == ours[2]


def describe(dag, command, rows, arguments, theirs, ours):
    for i in dag.ids:
        print("#   %s <- %s needs %s labels %s" % (i, dag.parents[i], dag.needs[i], dag.labels[i]))
    print("#   rows %s" % sorted(rows))
    print("#   %s %s" % (command, " ".join(arguments)))
    print("#   Alembic %s" % (theirs,))
    print("#   lexo    %s" % (ours,))


def question(dag):
    command = dag.rng.choices(["upgrade", "downgrade", "stamp", "history", "show"], [30, 30, 20, 12, 8])[0]
    if command == "history":
        return command, [dag.range()]
    count = dag.rng.choice([1, 1, 1, 1, 2]) if command == "stamp" else 1
    return command, [dag.identifier() for _ in range(count)]


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    lexo = Lexo(program)
    tally, asked, failures = collections.Counter(), collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            rng = random.Random(seed)
            dag = Dag(rng)
            alembic = Alembic(dag, folder)
            if lexo.load(dag)[0] != "ok":
                sys.exit("seed %d: lexo refuses the history" % seed)
            rows = dag.random_state()
            questions = [(c, []) for c in ("heads", "tips", "branches", "history")]
            for command, arguments in questions + [question(dag) for _ in range(COMMANDS)]:
                theirs = alembic.ask(command, rows, *arguments)
                ours = lexo.ask(command, rows, *arguments)
                asked[command, theirs[0]] += 1
                if theirs[0] == "ok" and theirs[2] is None and ours[2] is not None:
                    asked[command, "ok, and fails to write its rows"] += 1
                if agree(dag, command, rows, theirs, ours):
                    if ours[0] == "ok" and ours[2] is not None:
                        rows = ours[2]
                    continue
                number = deliberate(dag, command, rows, arguments, theirs, ours)
                if number:
                    tally[number] += 1
                    continue
                failures += 1
                if failures <= 5:
                    print("# seed %d" % seed)
                    describe(dag, command, rows, arguments, theirs, ours)
    for (command, outcome), number in sorted(asked.items()):
        print("# %s, Alembic says %s: %d" % (command, outcome, number))
    print("# deliberate differences, by number: %s" % dict(sorted(tally.items())))
    print("%sok 1 - %d histories, %d questions: lexo answers as Alembic does (%d differences)"
          % ("not " if failures else "", count, sum(asked.values()), failures))
    print("1..1")
    sys.exit(1 if failures else 0)


main()
