package export

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
	"muster/state/when"
)

// A Certified is what a statement is about.
type Certified struct {
	Incident *state.Incident
	Options  Options
	SHA256   state.Hash // of the log's lines, as they are exported
	Bytes    int64      // how many they have
}

// maxCertified is how many of a kind a statement lists.
const maxCertified = 200

// blank is for a person to fill in.
const blank = "______________________________"

// A statement is one while it is written.
type statement struct {
	strings.Builder
	inc *state.Incident
	of  *view.Incident
}

// WriteStatement writes a draft of the statement by which somebody vouches for a log, as courts
// ask for it: what the log says is filled in, and what only a person knows is left blank. It says
// nothing that the log does not, but how the program works.
func WriteStatement(w io.Writer, c Certified) error {
	if c.Incident == nil || len(c.Incident.Log) == 0 {
		return errEmpty
	}
	t := &statement{inc: c.Incident, of: view.New(c.Incident, c.Options.view())}
	t.head()
	t.record(&c)
	t.machines()
	t.making(&c)
	t.times()
	t.people()
	t.vouchers()
	t.files()
	t.end()
	_, err := io.WriteString(w, t.String())
	return err
}

// line writes a line; what comes from the log must be clean.
func (t *statement) line(format string, args ...any) {
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			args[i] = clean.Line(clean.Bounded(text, maxCell/16))
		}
	}
	fmt.Fprintf(t, format+"\n", args...)
}

func sayUTC(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05 UTC") }

func (t *statement) head() {
	if t.of.Exercise {
		t.line("EXERCISE EXERCISE EXERCISE")
		t.line("This is about the log of a drill. Nothing in that is a real event.\n")
	}
	t.line("STATEMENT ABOUT AN INCIDENT LOG — DRAFT\n")
	t.line("This draft was filled in by a program, from the log. It becomes a statement when a person has")
	t.line("read it, struck out what is not so, filled in the blanks, and signed. What law asks for, a lawyer says.\n")
	t.line("1. Who makes this statement\n")
	for _, what := range []string{"Name", "Position", "Organisation, address", "How I know what follows"} {
		t.line("   %-26s %s", what, blank)
	}
}

func (t *statement) record(c *Certified) {
	t.line("\n2. The record\n")
	t.line("   Incident       %s", orWithheld(string(t.of.ID)))
	t.line("   Title          %s", orWithheld(string(t.of.Title)))
	t.line("   Kind           %s", string(t.of.Mode))
	if t.of.TLP != "" {
		t.line("   Sharing        TLP:%s", string(t.of.TLP))
	}
	first, last := &t.inc.Log[0], &t.inc.Log[len(t.inc.Log)-1]
	t.line("   Entries        %d, recorded from %s to %s", len(t.inc.Log), sayUTC(first.Recorded), sayUTC(last.Recorded))
	t.line("   Head           %s", t.inc.Head.Hash.Code())
	t.line("                  %s", t.inc.Head.Hash.String())
	t.line("   File           %d bytes, SHA-256 of its bytes:\n                  %s", c.Bytes, c.SHA256.String())
	if what := t.inc.Redacted.String(); what != "" {
		t.line("   Withheld       %s. What is withheld is null in the file, and the head is that of the whole log.", what)
	}
	if d := c.Options.Damage; d != nil {
		t.line("   WARNING        the log is damaged at line %d: %s. This is about the entries before that.", d.Line, d.What)
	}
}

// machines says on which machines the log was written, by its own word.
func (t *statement) machines() {
	t.line("\n3. The machine and the program, by the log's own word\n")
	if t.of.Opener != "" {
		t.line("   The log was begun with %s.", string(t.of.Opener))
	}
	type key struct{ host, program, synced string }
	counts, order := make(map[key]int), []key{}
	for i := range t.inc.Log {
		data, ok := t.inc.Log[i].Data.(*state.SessionOpened)
		if !ok {
			continue
		}
		k := key{data.Host, data.Program, data.Synced}
		if t.inc.Log[i].Withheld.Has(state.Names) {
			k.host = state.WithheldText
		}
		if counts[k] == 0 {
			order = append(order, k)
		}
		counts[k]++
	}
	for _, k := range order[:min(len(order), maxCertified)] {
		t.line("   %s, with %s; its clock was synchronised: %s (recorded %d times)", orElseText(k.host, "a machine without a name"), k.program, orElseText(k.synced, "not known"), counts[k])
	}
	t.more(len(order))
	if len(order) == 0 {
		t.line("   On which machine it was written, this log does not say.")
	}
	t.line("\n   The machine: make, place, whose it is, who has access   %s", blank)
}

func orElseText(text, missing string) string {
	if text == "" {
		return missing
	}
	return text
}

func (t *statement) more(all int) {
	if all > maxCertified {
		t.line("   and %d more, in the log", all-maxCertified)
	}
}

// making says how the log is made: what the program does, and what was found in this log.
func (t *statement) making(c *Certified) {
	t.line("\n4. How the record is made\n")
	t.line("   The program adds an entry when a person, or the program itself, has something recorded. An")
	t.line("   entry has the name that the person gave, or that their key has, the time by the machine's clock")
	t.line("   when it was written, and, where the person said another, the time when it happened. The program")
	t.line("   has no command that changes or removes an entry: what was wrong is corrected by another entry,")
	t.line("   and both stay. Each entry has an envelope, with the SHA-256 of its content and of the envelope of")
	t.line("   the entry before, so that the head depends on every entry. This shows a change to whoever knows")
	t.line("   the head; it does not show one that was made before anybody else knew it.\n")
	if c.Options.Damage == nil {
		t.line("   When this draft was written, %s read all %d entries and found that each is as it", c.Options.Program, len(t.inc.Log))
		t.line("   was written and follows from the one before.")
	}
	switch n := len(t.of.Contradicts); {
	case t.of.Contradicts == nil:
		t.line("   Whether entries contradict each other was not looked at.")
	case n == 0:
		t.line("   It found no entry that contradicts another.")
	default:
		t.line("   It found %d things in which entries contradict each other: muster verify lists them.", n)
	}
	t.line("   Entries%s that correct others: %d.", t.readable(), len(t.of.Fixes))
}

// readable limits what is said of entries to those that can be read, where others are withheld.
func (t *statement) readable() string {
	if t.inc.Redacted.String() == "" {
		return ""
	}
	return " that can be read"
}

// times says how far apart it lies when things happened and when they were recorded.
func (t *statement) times() {
	late, largest, at := 0, time.Duration(0), uint64(0)
	for i := range t.inc.Log {
		e, _ := t.inc.Entry(t.inc.Log[i].Seq)
		if apart := e.Recorded.Sub(e.When()).Abs(); apart >= time.Minute {
			if late++; apart > largest {
				largest, at = apart, e.Seq
			}
		}
	}
	if late == 0 {
		t.line("   No entry%s says that it happened a minute or more away from when it was recorded.", t.readable())
		return
	}
	t.line("   Entries%s that say that they happened a minute or more away from when they were recorded: %d;", t.readable(), late)
	t.line("   the furthest is entry %d, by %s.", at, when.Duration(largest))
}

func (t *statement) people() {
	t.line("\n5. Who made entries, by the names that were given\n")
	for _, p := range t.of.People[:min(len(t.of.People), maxCertified)] {
		name := p.Name
		if name == state.Muster {
			name += ", which is the program itself"
		}
		t.line("   %s: %d", name, p.Entries)
	}
	t.more(len(t.of.People))
	if t.of.Unnamed != nil {
		t.line("   Entries whose author is withheld: %d", t.of.Unnamed.Entries)
	}
}

func (t *statement) vouchers() {
	t.line("\n6. Who can vouch for the log, by its own word\n")
	for _, v := range t.of.Vouchers[:min(len(t.of.Vouchers), maxCertified)] {
		who := v.Witness + " was told the head of entry"
		switch {
		case v.Stamped != nil:
			who = v.Authority + " stamped, at " + sayUTC(*v.Stamped) + ", the head of entry"
		case v.Fingerprint != "":
			who = v.By + " signed, with the key " + v.Fingerprint + ", the head of entry"
		}
		t.line("   %s %d, %s (entry %d)", who, v.Entry, v.Code, v.Seq)
	}
	t.more(len(t.of.Vouchers))
	if len(t.of.Vouchers) == 0 {
		t.line("   The entries that can be read name nobody.")
	}
}

func (t *statement) files() {
	t.line("\n7. Files that entries record\n")
	files := bundledFiles(t.inc)
	for _, f := range files[:min(len(files), maxCertified)] {
		t.line("   entry %d, %s, %d bytes\n      SHA-256 %s", f.seq, f.Name, f.Size, f.SHA256.String())
	}
	t.more(len(files))
	hidden := slices.ContainsFunc(t.inc.Log, func(e state.Entry) bool {
		return state.RecordsFiles(e.Kind) && (e.Data == nil || e.Withheld.Has(state.Evidence))
	})
	switch {
	case hidden:
		t.line("   Of some entries it is withheld which files they record.")
	case len(files) == 0:
		t.line("   none")
	}
}

func (t *statement) end() {
	t.line("\n8. To be filled in by who signs\n")
	for _, what := range []string{
		"Who kept the machine and the file, from when to when", "How the copy was made, by whom, when", "Is such a log kept regularly in your work; how",
		"Were entries made at or near the time, by people who knew", "What of the above is not so, or not known to me",
	} {
		t.line("   %s\n   %s%s", what, blank, blank)
	}
	t.line("\n9. To check it\n")
	t.line("   sha256sum FILE; python3 verify.py FILE %s; muster verify FILE", t.inc.Head.Hash.Code())
	t.line("   verify.py is written by: muster verify --script\n")
	for _, what := range []string{"Place and date", "Signature"} {
		t.line("   %-16s %s", what, blank)
	}
	if t.of.Exercise {
		t.line("\nEXERCISE EXERCISE EXERCISE")
	}
}
