package state

import (
	"errors"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
)

// TestPromisesAreTold: of a promised update it is said when it was due, and what came of it, in
// words that no other standing has.
func TestPromisesAreTold(t *testing.T) {
	clock := func(t time.Time) string { return t.Format("15:04") }
	at := func(h, m int) time.Time { return time.Date(2026, 11, 24, h, m, 0, 0, time.UTC) }
	inc, closed := &Incident{}, &Incident{Closed: &Closing{When: at(5, 0)}}
	kept := func(h int) *Sending { return &Sending{When: at(h, 0), Seq: 9} }
	seen := map[string]bool{}
	for _, c := range []struct {
		promise Promise
		inc     *Incident
		now     time.Time
		status  PromiseStatus
		late    time.Duration
		says    string
	}{
		{Promise{Due: at(4, 0), Kept: kept(4)}, inc, at(9, 0), PromiseKept, 0, "entry 9, 04:00"},
		{Promise{Due: at(3, 0), Kept: kept(4)}, inc, at(9, 0), PromiseLate, time.Hour, "LATE by 1h"},
		{Promise{Due: at(3, 0), Kept: kept(4)}, closed, at(9, 0), PromiseLate, time.Hour, "entry 9, 04:00"},
		{Promise{Due: at(4, 0)}, inc, at(4, 0), PromiseDue, 0, "not given yet"},
		{Promise{Due: at(4, 0)}, inc, at(4, 30), PromiseOverdue, 30 * time.Minute, "OVERDUE by 30m"},
		{Promise{Due: at(4, 0)}, closed, at(4, 30), PromiseNever, time.Hour, "NEVER given"},
		{Promise{Due: at(6, 0)}, closed, at(9, 0), PromiseDropped, 0, "closed before that"},
		{Promise{Due: at(5, 0)}, closed, at(9, 0), PromiseDropped, 0, "closed before that"},
		{Promise{Due: at(4, 0), Hidden: true}, inc, at(9, 0), PromiseUnknown, 0, "withheld"},
	} {
		s := c.promise.Standing(c.inc, c.now)
		text := s.Says(clock)
		if s.Status != c.status || s.Late != c.late || !strings.Contains(text, "due "+clock(c.promise.Due)) || !strings.Contains(text, c.says) {
			t.Errorf("%q, late by %v, says %q", s.Status, s.Late, text)
		}
		seen[strings.TrimPrefix(text, "due "+clock(c.promise.Due))] = true
	}
	if len(seen) < 7 {
		t.Errorf("different standings are told alike: %v", seen)
	}
}

// TestCodesAreRead: as people write them, and nothing that is none.
func TestCodesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"0123-4567-89AB-CDEF": "0123-4567-89AB-CDEF", "0123456789abcdef": "0123-4567-89AB-CDEF", " 01 23-4567 89ab\tcdef ": "0123-4567-89AB-CDEF",
		"O123456789abcdef": "0123-4567-89AB-CDEF", "oil3456789abcdef": "0113-4567-89AB-CDEF", "VWXYZ-0123456789A": "VWXY-Z012-3456-789A",
		"0123456789abcde": "", "0123456789abcdef0": "", "": "", "U123456789abcdef": "", "0123456789abcde/": "", "0123456789abcde:": "", "0123456789abcde@": "", "0123456789abcde[": "", "é123456789abcdef": "",
	} {
		if got, ok := NormalCode(text); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q, %v", text, got, ok)
		}
	}
	code := Sum([]byte("x")).Code()
	if got, ok := NormalCode(code); !ok || got != code {
		t.Errorf("%q is read as %q", code, got)
	}
}

// TestWordsAreFound: by the word, or a beginning that only one has.
func TestWordsAreFound(t *testing.T) {
	words := []string{"known", "unknown", "unaffected", "knowing-all"}
	for ref, want := range map[string]string{"known": "known", " KNOWN ": "known", "una": "unaffected", "un": "", "now": "", "": "", "know": "", "knowi": "knowing-all", "x": ""} {
		got, err := FindWord(NounState, ref, words)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v", ref, got, err)
		}
		if refusal := (*Refusal)(nil); err != nil && !errors.As(err, &refusal) {
			t.Errorf("%q: %T", ref, err)
		}
	}
	inc := &Incident{Clocks: []Clock{{Def: &runbooks.Clock{}}, {Def: &runbooks.Clock{Law: "gdpr-33"}}}}
	if !HasLaw(inc, "gdpr-33") || HasLaw(inc, "nis2") || HasLaw(&Incident{}, "gdpr-33") {
		t.Error("which laws clocks count by is not known")
	}
}

// TestSeatsAreNamed: where somebody acts, as far as it is known.
func TestSeatsAreNamed(t *testing.T) {
	for want, seat := range map[string]Seat{
		"terminal pts/3, root on web1": {Host: "web1", Account: "root", Terminal: "pts/3"},
		"the terminal of this screen":  {Terminal: "of this screen"},
		"terminal x,  on web1":         {Host: "web1", Terminal: "x"},
		"terminal x, root on ":         {Account: "root", Terminal: "x"},
		WithheldText:                   {Host: "web1", Account: "root", Terminal: WithheldText},
	} {
		if got := seat.String(); got != want {
			t.Errorf("it is %q, not %q", got, want)
		}
		if known := seat.Known(); known != (want != WithheldText) {
			t.Errorf("%q is known: %v", want, known)
		}
	}
	if (Seat{Host: "x"}).Known() {
		t.Error("a seat without a terminal is known")
	}
	acts := &PersonActs{Host: "web1", Account: "root", Terminal: "pts/3"}
	if got := acts.describe(nil, Entry{Frame: &Frame{By: Actor{Name: "Ada"}}}); got != "Ada acts from here on at terminal pts/3, root on web1" {
		t.Errorf("it says %q", got)
	}
	acts.Was = "Ben"
	if got := acts.describe(nil, Entry{Frame: &Frame{By: Actor{Name: "Ada"}}}); !strings.HasSuffix(got, ", where Ben acted before") {
		t.Errorf("it says %q", got)
	}
	acts.Was = WithheldText
	if got := acts.describe(nil, Entry{Frame: &Frame{By: Actor{Name: "Ada"}}}); !strings.HasSuffix(got, "; whether somebody acted there before is withheld") {
		t.Errorf("a copy without names says %q", got)
	}
}

// TestSitrepsAreRead: the one that an entry issued, or the last; what is not there to be read is
// refused with why.
func TestSitrepsAreRead(t *testing.T) {
	inc := &Incident{}
	if _, _, err := IssuedSitrep(inc, 0); err == nil {
		t.Error("there is a sitrep where none was issued")
	}
	log := []Data{&NoteAdded{Text: "x"}, &SitrepIssued{Text: "first"}, &SitrepIssued{Text: "second"}, &SitrepIssued{SHA256: Sum([]byte("x"))}, &SitrepIssued{Text: WithheldText}}
	for i, data := range log {
		inc.Log = append(inc.Log, Entry{Seq: uint64(i + 1), Data: data, Frame: &Frame{Kind: data.Kind()}})
	}
	inc.Log[4].Withheld = PartsOf(Notes)
	inc.Sitreps = []uint64{2, 3}
	for seq, want := range map[uint64]string{0: "second", 2: "first", 3: "second"} {
		if got, e, err := IssuedSitrep(inc, seq); err != nil || got.Text != want || seq != 0 && e.Seq != seq {
			t.Errorf("%d: %v, %v", seq, got, err)
		}
	}
	for seq, want := range map[uint64]string{1: "issued no sitrep", 4: "was not kept", 5: "is withheld", 9: "issued no sitrep"} {
		if got, _, err := IssuedSitrep(inc, seq); err == nil || got != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d: %v, %v", seq, got, err)
		}
	}
}

// TestFilesOfEntries: which files an entry records; none where that is withheld.
func TestFilesOfEntries(t *testing.T) {
	sum := Sum([]byte("x"))
	for _, c := range []struct {
		data Data
		want int
	}{{&NoteAdded{}, 0}, {&EvidenceAdded{Name: "a", SHA256: sum, Size: 3}, 1}, {&InjectDelivered{Files: make([]Kept, 2)}, 2}} {
		files := FilesOf(Entry{Data: c.data, Frame: &Frame{}})
		if len(files) != c.want || RecordsFiles(c.data.Kind()) != (c.want > 0) {
			t.Errorf("%T records %v", c.data, files)
		}
		if c.want == 1 && files[0] != (Kept{Name: "a", SHA256: sum, Size: 3}) {
			t.Errorf("it records %+v", files[0])
		}
		if files := FilesOf(Entry{Data: c.data, Frame: &Frame{Withheld: PartsOf(Evidence)}}); files != nil {
			t.Errorf("of what is withheld %v are known", files)
		}
	}
}

// TestPeopleAreKnown: by whom an organisation lists, who holds a role and who acts at a terminal;
// a name is spelled as it is known, the terminal's first.
func TestPeopleAreKnown(t *testing.T) {
	inc := &Incident{Organisation: &Organisation{People: []runbooks.Person{{Name: "Cleo"}, {Name: "ADA"}}}, Roles: []Role{{Def: &runbooks.Role{}, Person: "Ben"}, {Def: &runbooks.Role{}}}, seated: []seated{{person: "Ada"}}}
	for name, want := range map[string]string{"ada": "Ada", "BEN": "Ben", "cleo": "Cleo", "dan": "dan"} {
		if got := KnownAs(inc, name); got != want {
			t.Errorf("%q is known as %q", name, got)
		}
	}
	people := strings.Join(PeopleOf(inc), " ")
	for _, name := range []string{"Ben", "Cleo"} {
		if strings.Count(people, name) != 1 {
			t.Errorf("the people are %s", people)
		}
	}
	if inc.Organisation = nil; KnownAs(inc, "cleo") != "cleo" {
		t.Error("without its organisation somebody is known")
	}
	inc.Log = []Entry{{Frame: &Frame{By: Actor{Name: "Cleo"}}}, {Frame: &Frame{By: Actor{Name: "Dan"}}}, {Frame: &Frame{By: Actor{Name: "Dan"}}}}
	for name, want := range map[string]string{"CLEO": "Cleo", "dan": "Dan", "ada": "Ada", "eve": "eve"} {
		if got := KnownAs(inc, name); got != want {
			t.Errorf("by what was done %q is known as %q", name, got)
		}
	}
}

// TestTimesRunUntil: now, or until the close of what is closed.
func TestTimesRunUntil(t *testing.T) {
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	inc := &Incident{}
	if got := inc.Until(now); !got.Equal(now) {
		t.Errorf("an open one runs until %v", got)
	}
	for closed, want := range map[time.Duration]time.Duration{-time.Hour: -time.Hour, 0: 0, time.Hour: 0} {
		inc.Closed = &Closing{When: now.Add(closed)}
		if got := inc.Until(now); !got.Equal(now.Add(want)) {
			t.Errorf("closed at %v, it runs until %v", inc.Closed.When, got)
		}
	}
}

// TestClaimsDiffer: a claim is held against what was known then, and what nobody verified is not
// called untrue.
func TestClaimsDiffer(t *testing.T) {
	inc, n, sent := &Incident{}, &Notice{Def: &runbooks.Notice{}}, &Sending{}
	c := Claim{Service: "web", State: Verified}
	if got := n.SayDiffers(inc, sent, c, Restored); !strings.Contains(got, "web is verified") || !strings.HasSuffix(got, "nobody had verified it") {
		t.Errorf("it says %q", got)
	}
	if got := n.SayDiffers(inc, sent, c, Affected); !strings.HasSuffix(got, "it was affected") {
		t.Errorf("it says %q", got)
	}
	if got := n.sayDiffers(inc, "", ClaimKnown{Claim: c, Known: Restored}); !strings.HasSuffix(got, "nobody has verified it") {
		t.Errorf("it says %q", got)
	}
	for _, k := range []ClaimKnown{{Claim: c, Known: Affected}, {Claim: Claim{Service: "web", State: Unaffected}, Known: Restored}} {
		if got := n.sayDiffers(inc, "", k); !strings.HasSuffix(got, "it is known to be "+string(k.Known)) {
			t.Errorf("it says %q", got)
		}
	}
}

// TestLeavingsEnd: what came of each time that a notice left is known by itself, and which may
// have left is listed by when it did.
func TestLeavingsEnd(t *testing.T) {
	n := &Notice{Versions: []NoticeVersion{{Number: 1, Leaving: []Leaving{{Seq: 9}, {Seq: 4}}}, {Number: 2, Leaving: []Leaving{{Seq: 7}}}}}
	seqs := func() (all []uint64) {
		for _, l := range n.MayHaveLeft() {
			all = append(all, l.Seq)
		}
		return all
	}
	if got := seqs(); len(got) != 3 || got[0] != 4 || got[1] != 7 || got[2] != 9 {
		t.Errorf("there may have left %v", got)
	}
	before := n.Versions[0].Leaving
	n.Versions[0].ended(4, 12)
	n.Versions[1].ended(4, 13)
	if got := seqs(); len(got) != 2 || got[0] != 7 || n.Versions[0].Leaving[1].Ended != 12 || before[1].Ended != 0 {
		t.Errorf("there may have left %v, and readers see %v", got, before)
	}
}

// TestAddressesArePlain: an address is compared as a target's is written.
func TestAddressesArePlain(t *testing.T) {
	for address, want := range map[string]string{"WEB.Example.org:443": "web.example.org:443", "Host": "host", "[::1]:80": "[::1]:80"} {
		if got := PlainAddress(address); got != want {
			t.Errorf("%q is %q", address, got)
		}
	}
	if got := (&PrivateError{Target: "10.0.0.1:80"}).Error(); !strings.Contains(got, "10.0.0.1:80 is private") {
		t.Errorf("it says %q", got)
	}
}

// TestOrganisationJoins: what an organisation runs and whom it calls come before a runbook's
// own, and an example of a runbook gives way.
func TestOrganisationJoins(t *testing.T) {
	source := &runbooks.OrganisationSource{ID: "imo", Layer: "yours", SHA256: "abc", Organisation: &runbooks.Organisation{
		Name: "IMO", Services: []runbooks.Service{{ID: "mail", Title: "Mail"}}, Contacts: []runbooks.Contact{{ID: "cert", Title: "Ours"}}, People: []runbooks.Person{{Name: "Ada"}}}}
	o := OrganisationOf(source)
	if o.Name != "IMO" || o.ID != "imo" || o.Source != "yours" || len(o.Services)+len(o.Contacts)+len(o.People) != 3 {
		t.Errorf("it is %+v", o)
	}
	inc := &Incident{}
	o.join(inc)
	if inc.Organisation != &o || inc.Service("mail") == nil || inc.Contact("cert") == nil || inc.Contact("cert").Def.Title != "Ours" {
		t.Errorf("the incident has %+v", inc)
	}
	if c := o.contact("cert"); c == nil || c.Title != "Ours" || o.contact("gone") != nil || (*Organisation)(nil).contact("cert") != nil {
		t.Errorf("its contact is %+v", c)
	}
	for _, c := range []struct {
		service runbooks.Service
		of      *Organisation
		has     bool
	}{
		{runbooks.Service{ID: "mail"}, &o, true}, {runbooks.Service{ID: "web"}, &o, false}, {runbooks.Service{ID: "web", Example: true}, &o, true},
		{runbooks.Service{ID: "web", Example: true}, nil, false}, {runbooks.Service{ID: "web", Example: true}, &Organisation{}, false},
	} {
		if got := c.of.has(inc, &c.service); got != c.has {
			t.Errorf("%+v of %v gives way: %v", c.service, c.of != nil, got)
		}
	}
}
