package runbooks

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of what a runbook may hold.
const (
	maxTitle = 200          // characters of a title, a prompt or an id's words
	maxLine  = 1000         // characters of any other text of one line
	maxText  = 32 << 10     // bytes of a text
	maxList  = 1000         // entries of a list
	maxSteps = 10_000       // steps of a runbook
	maxTried = 32 * maxWork // work of all templates together, when they are tried
)

// A linter looks for what is wrong with a runbook beyond its TOML. The file's
// tables and the runbook's values have the same indexes.
type linter struct {
	file *fileRunbook
	book *Runbook
	out  *Problems

	phases, roles, services, contacts, clocks, notices, steps ids

	work    int // that templates may still do
	answers ids
	answer  map[string]asked // by id, what is known of an answer
	stepAt  map[string]*Step

	inStep bool // whether a step is looked at, and
	order  int  // which one
}

// asked is what lint must know of a decision, an ask or an input.
type asked struct {
	order  int      // of its step, in the order of the runbook; -1 for an input
	step   *Step    // nil for an input
	values []string // what it can be; nil for anything
	kind   AskType  // "" for a decision
}

// ids are the ids of one kind, and the lines they stand on.
type ids struct {
	what  string // "service"
	lines map[string]int
	list  []string
}

func newIDs(what string) ids { return ids{what: what, lines: make(map[string]int)} }

func newLinter(file *fileRunbook, book *Runbook, out *Problems) *linter {
	return &linter{
		file: file, book: book, out: out, work: maxTried,
		phases: newIDs("phase"), roles: newIDs("role"), services: newIDs("service"), contacts: newIDs("contact"),
		clocks: newIDs("clock"), notices: newIDs("notice"), steps: newIDs("step"), answers: newIDs("answer"),
		answer: make(map[string]asked), stepAt: make(map[string]*Step),
	}
}

// lint declares everything first, since anything may name what stands below it.
func (l *linter) lint() {
	l.top()
	l.declareAll()
	l.inputs()
	l.serviceTables()
	l.otherTables()
	l.clockTables()
	l.phaseTables()
	l.cycles()
	l.becomes()
	sense(l)
}

// add reports a problem, unless there are far too many already.
func (l *linter) add(p Problem) {
	if !l.full() {
		*l.out = append(*l.out, p)
	}
}

func (l *linter) full() bool { return len(*l.out) > maxProblems }

// mean suggests what was meant, while somebody may read it.
func (l *linter) mean(word string, candidates []string, otherwise string) string {
	if l.full() {
		return ""
	}
	return didYouMean(word, candidates, otherwise)
}

func (l *linter) wrong(at Place, key, what, hint string) { l.add(at.Problem(key, what, hint)) }

func (l *linter) warn(at Place, key, what, hint string) {
	p := at.Problem(key, what, hint)
	p.Level = Warning
	l.add(p)
}

// wrongItem reports a value of a key's array.
func (l *linter) wrongItem(at Place, key string, i int, what, hint string) {
	p := at.Problem(key, what, hint)
	p.Line = at.itemLine(key, i)
	l.add(p)
}

// lintHeading checks what every file begins with.
func lintHeading(l *linter, at Place, schema int, id, title string) {
	lintSchema(l, at, schema)
	if !validID(id) {
		l.badID(at, id)
	}
	l.needTitle(at, title)
	l.line(at, "title", title, maxTitle)
}

// lintSchema checks that this program reads a file's schema.
func lintSchema(l *linter, at Place, schema int) {
	if schema != Schema {
		l.wrong(at, "schema", fmt.Sprintf("schema %d is not known", schema), fmt.Sprintf("this program reads schema %d", Schema))
	}
}

// top checks the keys that stand in no table.
func (l *linter) top() {
	b, at := l.book, l.file.At
	lintHeading(l, at, b.Schema, b.ID, b.Title)
	for _, t := range []struct{ key, text string }{{"version", b.Version}, {"org", b.Org}, {"owner", b.Owner}} {
		l.line(at, t.key, t.text, maxLine)
	}
	l.line(at, "summary", b.Summary, maxText)
	l.word(at, "severity", string(b.Severity), words(Severities()))
	l.word(at, "tlp", b.TLP, tlpWords())
	l.lines(at, "tags", b.Tags)
	l.lines(at, "references", b.References)
	if b.ReviewEvery.IsZero() && at.Has("reviewed") && !at.Has("review_every") {
		l.warn(at, "reviewed", "reviewed, but nothing says how often", `add review_every = "180d"`)
	}
	l.lists(at, []listSize{
		{"input", len(b.Inputs)}, {"role", len(b.Roles)}, {"service", len(b.Services)}, {"contact", len(b.Contacts)},
		{"clock", len(b.Clocks)}, {"notice", len(b.Notices)}, {"phase", len(b.Phases)},
	})
	if len(b.Phases) == 0 && !at.Has("phase") {
		l.wrong(at, "", "no phase", "add [[phase]] with a title, and [[phase.step]] below it")
	}
}

type listSize struct {
	key string
	n   int
}

func (l *linter) lists(at Place, sizes []listSize) {
	for _, s := range sizes {
		if s.n > maxList {
			l.wrong(at, s.key, fmt.Sprintf("%d entries in %s", s.n, quote(s.key)), fmt.Sprintf("at most %d", maxList))
		}
	}
}

func (l *linter) needTitle(at Place, title string) {
	n := at.node.key("title")
	switch {
	case n == nil:
		l.wrong(at, "title", "no title", `add title = "…"`)
	case strings.TrimSpace(title) == "" && (title != "" || n.str):
		l.wrong(at, "title", "the title is empty", "say what it is in a few words")
	}
}

// badID reports an id that is not written as one.
func (l *linter) badID(at Place, id string) {
	hint := "use a–z, 0–9 and dashes, at most 64"
	if good := slug(id, ""); good != "" && good != id {
		hint = fmt.Sprintf("write %s: a–z, 0–9 and dashes", quote(good))
	}
	l.wrong(at, "id", quote(id)+" is not an id", hint)
}

// line checks a text that should stand on one line.
func (l *linter) line(at Place, key, text string, most int) {
	if l.length(at, key, text, most) && strings.ContainsFunc(text, unicode.IsControl) {
		l.warn(at, key, quote(key)+" has control characters", "they are drawn harmless")
	}
}

// text checks a text of many lines.
func (l *linter) text(at Place, key, text string) {
	control := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }
	if l.length(at, key, text, maxText) && strings.ContainsFunc(text, control) {
		l.warn(at, key, quote(key)+" has control characters", "they are drawn harmless")
	}
}

func (l *linter) length(at Place, key, text string, most int) bool {
	if len(text) <= most || most < maxText && utf8.RuneCountInString(text) <= most {
		return true
	}
	what := fmt.Sprintf("%s is %d characters long", quote(key), utf8.RuneCountInString(text))
	l.wrong(at, key, what, fmt.Sprintf("at most %d", most))
	return false
}

// lines checks a list of texts of one line.
func (l *linter) lines(at Place, key string, list []string) {
	l.lists(at, []listSize{{key, len(list)}})
	for i, text := range list {
		if strings.TrimSpace(text) == "" {
			l.wrongItem(at, key, i, "an entry of "+quote(key)+" is empty", "say something, or take it out")
		}
		l.line(at, key, text, maxLine)
	}
}

// word checks a text that must be one of a few.
func (l *linter) word(at Place, key, word string, known []string) {
	for _, k := range known {
		if k == word {
			return
		}
	}
	if word == "" && !at.Has(key) {
		return
	}
	l.wrong(at, key, fmt.Sprintf("%s cannot be %s", quote(key), quote(word)), l.mean(word, known, "it is one of "+listWords(known)))
}

// ref checks that something with an id exists.
func (l *linter) ref(at Place, key, id string, in ids) {
	if _, ok := in.lines[id]; !ok && id != "" {
		l.wrong(at, key, l.noSuch(in, id), l.noSuchHint(in, id))
	}
}

// refs does so for a list of ids.
func (l *linter) refs(at Place, key string, list []string, in ids) {
	l.lists(at, []listSize{{key, len(list)}})
	seen := make(map[string]bool, len(list))
	for i, id := range list {
		if _, ok := in.lines[id]; !ok {
			l.wrongItem(at, key, i, l.noSuch(in, id), l.noSuchHint(in, id))
		} else if seen[id] {
			l.wrongItem(at, key, i, fmt.Sprintf("%s names %s twice", quote(key), quote(id)), "take one out")
		}
		seen[id] = true
	}
}

func (l *linter) noSuch(in ids, id string) string {
	return fmt.Sprintf("no %s %s", in.what, quote(id))
}

func (l *linter) noSuchHint(in ids, id string) string {
	if len(in.list) == 0 {
		return fmt.Sprintf("this runbook has no %s at all", in.what)
	}
	return l.mean(id, in.list, thereAre(in.list))
}

func thereAre(list []string) string {
	if len(list) == 1 {
		return "there is only " + list[0]
	}
	return "there are " + listWords(list)
}
