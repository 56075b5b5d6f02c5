package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
	"muster/tui"
	"muster/tui/tuitest"
)

var updateKeys = flag.Bool("update-keys", false, "write behind the keys of a play what they record")

// A keysPlay is a script of keys that several people press, each on screens of their own,
// in one incident on the disk. Its lines:
//
//	NAME KEY … "TEXT" … => KIND …   keys by name, and text that is typed; and what is recorded
//	                                from the line before to its end, by kind, and by whom if
//	                                not by NAME
//	NAME? TEXT                      fails unless it comes on the screen
//	NAME! TEXT                      fails if it stands there
//	+DURATION => KIND …             time passes
//
// A key that changes neither the screen nor the log is a failure, and so is an entry that is
// not named.
type keysPlay struct {
	*play
	file    string
	number  int // of the line
	people  map[string]*keysPerson
	entries int           // of the log, at the last line
	turn    chan struct{} // one writes at a time
	began   time.Time     // of the screens' own clock
	leap    time.Duration // that has passed beside it
}

// turns is a desk at which one writes after the other. Who waits for the lock of a file
// waits in a way in which the screens' clock stands still.
type turns struct {
	*desk
	turn chan struct{}
}

func (d turns) Start(ctx context.Context, r tui.StartRequest) (tui.Session, error) {
	s, err := d.desk.Start(ctx, r)
	return d.inTurn(s), err
}

func (d turns) Open(ctx context.Context, id string, watch bool) (tui.Session, error) {
	s, err := d.desk.Open(ctx, id, watch)
	return d.inTurn(s), err
}

func (d turns) inTurn(s tui.Session) tui.Session {
	if real, ok := s.(*session.Session); ok {
		return inTurn{real, d.turn}
	}
	return s
}

type inTurn struct {
	*session.Session
	turn chan struct{}
}

func (s inTurn) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	return s.Session.Do(ctx, action)
}

type keysPerson struct {
	name string
	term *tuitest.Terminal
	app  *tui.App
}

// Now and SinceBoot implement session.Clock for what several screens share.
func (p *keysPlay) Now() time.Time           { return p.now.Add(time.Since(p.began) + p.leap) }
func (p *keysPlay) SinceBoot() time.Duration { return time.Hour + p.Now().Sub(p.day) }

func (p *keysPlay) fail(format string, args ...any) {
	p.t.Helper()
	screens := ""
	for _, one := range p.people {
		screens += "\n" + one.name + ":\n" + one.term.Screen()
	}
	p.t.Fatalf("%s:%d: %s%s", p.file, p.number, fmt.Sprintf(format, args...), screens)
}

// sit gives a person screens of their own, which begin where muster begins.
func (p *keysPlay) sit(t *testing.T, name string) *keysPerson {
	vars := map[string]string{"HOME": p.vars["HOME"], "MUSTER_AS": name, "MUSTER_TERMINAL": "of " + name}
	e := &env{settings{process: process{in: strings.NewReader(""), out: &bytes.Buffer{}, err: &bytes.Buffer{}, clock: p, random: rand.Reader,
		getenv: func(of string) string { return vars[of] }}}}
	if err := e.readConfig(); err != nil {
		t.Fatal(err)
	}
	desk, options, err := newDesk(e)
	if err != nil {
		t.Fatal(err)
	}
	options.Now = p.Now
	app, err := tui.NewHome(t.Context(), turns{desk, p.turn}, options)
	if err != nil {
		t.Fatal(err)
	}
	return &keysPerson{name, tuitest.Start(t, app, 80, 24), app}
}

// log is what is on the disk; nil if nothing is.
func (p *keysPlay) log() []state.Entry {
	inc := p.inc()
	if inc == nil {
		return nil
	}
	return inc.Log
}

// size is that of the logs, in bytes.
func (p *keysPlay) size() (n int64) {
	logs, _ := filepath.Glob(p.vars["HOME"] + "/.local/state/muster/incidents/*/log.jsonl")
	for _, name := range logs {
		if info, err := os.Stat(name); err == nil {
			n += info.Size()
		}
	}
	return n
}

func (p *keysPlay) inc() *state.Incident {
	store := filelog.Open(p.vars["HOME"] + "/.local/state/muster")
	ids, err := store.List(context.Background())
	if err != nil || len(ids) == 0 {
		return nil
	}
	inc, err := state.Read(context.Background(), store, ids[0])
	if err != nil {
		p.fail("%v", err)
	}
	return inc
}

// keysPlayed plays the script.
func keysPlayed(t *testing.T, file string, names ...string) *keysPlay {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := &keysPlay{play: newPlay(t), file: file, people: map[string]*keysPerson{}}
	lines := strings.Split(string(text), "\n")
	synctest.Test(t, func(t *testing.T) {
		p.t, p.began, p.turn = t, time.Now(), make(chan struct{}, 1)
		for _, name := range names {
			p.people[name] = p.sit(t, name)
		}
		for i := range lines {
			p.number = i + 1
			lines[i] = p.line(lines[i])
		}
		p.play.now = p.Now()
	})
	if p.t = t; *updateKeys {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// line plays one line, and returns it with what it recorded.
func (p *keysPlay) line(line string) string {
	does, want, _ := strings.Cut(line, " => ")
	does = strings.TrimRight(does, " ")
	who, rest, _ := strings.Cut(does, " ")
	switch one := p.people[strings.TrimRight(who, "?!")]; {
	case does == "" || does[0] == '#':
		return line
	case does[0] == '+':
		d, err := time.ParseDuration(does[1:])
		if err != nil {
			p.fail("%v", err)
		}
		p.leap += d
		p.settle() // it comes to one
		p.settle()
	case one == nil:
		p.fail("nobody is called %q", who)
	case strings.HasSuffix(who, "?"), strings.HasSuffix(who, "!"):
		p.sees(one, rest, strings.HasSuffix(who, "?"))
	case rest == "show":
		fmt.Printf("%s:%d %s\n%s", p.file, p.number, one.name, one.term.Screen())
	default:
		p.press(one, rest)
		p.settle()
	}
	got := p.recorded(strings.TrimRight(who, "?!"))
	if *updateKeys {
		if got != "" {
			return does + " => " + got
		}
		return does
	}
	if got != want {
		p.fail("%s\nrecords %q, not %q", does, got, want)
	}
	return line
}

// settle waits until everybody has seen what was written.
func (p *keysPlay) settle() {
	time.Sleep(2200 * time.Millisecond) // of the screens' clock
	synctest.Wait()
}

// sees waits a while for a text.
func (p *keysPlay) sees(one *keysPerson, text string, want bool) {
	for range 60 {
		if strings.Contains(strings.Join(strings.FieldsFunc(one.term.Screen(), func(r rune) bool {
			return strings.ContainsRune(" \n│▌", r)
		}), " "), text) == want {
			return
		}
		one.term.Wait(100 * time.Millisecond)
	}
	p.fail("%s: is %q on the screen? %t", one.name, text, !want)
}

// press presses keys, each of which must do something.
func (p *keysPlay) press(one *keysPerson, keys string) {
	for keys = strings.TrimSpace(keys); keys != ""; keys = strings.TrimSpace(keys) {
		if keys[0] == '"' {
			quoted, err := strconv.QuotedPrefix(keys)
			if err != nil {
				p.fail("%v: %s", err, keys)
			}
			text, _ := strconv.Unquote(quoted)
			p.presses(one, quoted, func() { one.term.Type(text) })
			keys = keys[len(quoted):]
			continue
		}
		key, rest, _ := strings.Cut(keys, " ")
		p.presses(one, key, func() { one.term.Press(key) })
		keys = rest
	}
}

// running are the clocks on a screen.
var running = regexp.MustCompile(`[0-9]+:[0-9]{2}(:[0-9]{2})?|[0-9]+[sm]/`)

// nothing is what is said of a key that was not taken.
var nothing = regexp.MustCompile(`is no key here|That came too soon|that key did nothing|A key held down`)

func (p *keysPlay) presses(one *keysPerson, key string, do func()) {
	still := func() string { return running.ReplaceAllString(one.term.Styled(), "") }
	before, entries := still(), p.size()
	do()
	one.term.Settle()
	if still() == before && p.size() == entries {
		p.fail("%s: %s does nothing", one.name, key)
	}
	if said := nothing.FindString(one.term.Screen()); said != "" {
		p.fail("%s: %s does nothing but say %q", one.name, key, said)
	}
}

// recorded are the kinds of the entries since the last line, and by whom if not by one.
func (p *keysPlay) recorded(by string) string {
	log := p.log()
	var kinds []string
	for _, e := range log[p.entries:] {
		kind := string(e.Kind)
		if e.By.Name != by {
			kind += "/" + e.By.Name
		}
		if e.Override != nil {
			kind += "!"
		}
		kinds = append(kinds, kind)
	}
	p.entries = len(log)
	return strings.Join(kinds, " ")
}
