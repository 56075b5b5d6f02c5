package tui_test

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui"
	"muster/tui/terminal"
	"muster/tui/tuitest"
)

// FuzzKeys feeds the running program with bytes as a terminal sends them, in
// pieces as a line delivers them. How is one byte for each sequence: its two low
// bits say how the sequence arrives, the next three what happens before it.
//
// Whatever comes, the program neither fails nor hangs; only text is on the screen,
// and no more than fits; the log verifies; and nothing was recorded but by a press
// of a key that help shows there, so by no paste, mouse, focus or size.
func FuzzKeys(f *testing.F) {
	for _, keys := range keySeeds() {
		for start := range uint8(4) {
			f.Add(start, []byte(keys), []byte{})
		}
		f.Add(uint8(1), []byte(keys), []byte{1, 2, 3, 4<<2 | 1, 5 << 2, 6 << 2, 7<<2 | 2})
	}
	books := readBooks(f, "attack", "hostile", "malware", "imo")
	play, err := tuitest.ReadScenario("autumn.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, start uint8, keys, how []byte) {
		if len(keys) > 512 {
			t.Skip("it would take seconds")
		}
		synctest.Test(t, func(t *testing.T) {
			l := newLine(sit(t, books, play, start))
			for i := 0; len(keys) > 0 && !l.term.Ended(); i++ {
				way := byte(0)
				if len(how) > 0 {
					way = how[i%len(how)]
				}
				n, _ := sequence(keys)
				l.happens(int(way>>2)%8, i)
				l.feed(keys[:n], way%4)
				keys = keys[n:]
			}
			l.ends()
		})
	})
}

// keySeeds are what terminals send, whole and broken.
func keySeeds() []string {
	seeds := []string{
		"", "jjk\r", "\r\x13\r", "\x1b[B\x1b[6~\x1bOP\x1b[1;5C\x1b", "n\x1b[200~two\r\nlines\x1b[201~\r",
		"\r\x13s\x1b[200~because\r\r\x1b[201~\r\x1b\x1b", "\x1b[200~\x1b[2J\x1b]52;c;eA==\x07\r\x13\u202e\x1b[201~\x1b[201~", "n\x1b[200~never ends\r\x03\r",
		"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<65;999999;-3M\x1b[<64;0;0M\x1b[M !!\x1b[M\xff\xff\xff\x1b[<99999999999999999999;1;1M",
		"\x1b[I\x1b[O\x1b[I", "\x1b[8;5;20t\x1b[8;0;0t\x1b[8;70;300t\x1b[48;24;80;480;640t\x1b[8;99999;99999t",
		"\x1b[13u\x1b[13;1:3u\x1b[13;1:2u\x1b[110;5u\x1b[57441;2u\x1b[115;9u\x1b[27;5;115~\x1b[97;;229u\x1b[1114112u",
		"\x1b[13;28;13;1;0;1_\x1b[65;30;97;1;0;40_", "\x1b]11;rgb:ffff/ffff/ffff\x07\x1b]11;rgb:\x1b\\\x1b[?2026;2$y\x1b[?2027;1$y\x1bP>|term\x1b\\\x1b]52;c;DQ==\x07",
		"\x1b]0;title", "\x1bP1$r", "\x1b[<0;10", "\xff\xfe\xc3\x28\xe2\x82\x9b[A\x9d", "\x00\x01\x02\x1a\x1c\x7f", "e\u0301\u200b\u202e宽🇬🇧👩‍👩‍👧",
		":\u202edone\r", "2\rs\t\t\x13", "3w\x1b[200~Dear all\x1b[201~\x13\r", "4@5m\r\r", "5/opened\r\x1b\r", "6dy\r", "?\x1b[200~x\x1b[201~\x1b", "iiiyes\rx \x1bCy\r",
	}
	return append(seeds, strings.Repeat("\x1b[<65;9;9M", 60), "n"+strings.Repeat("\x1b[200~", 20)+strings.Repeat("a", 300)+"\x1b[201~\r")
}

func readBooks(f *testing.F, names ...string) (books []*runbooks.Source) {
	for _, name := range names {
		book, err := tuitest.ReadBook("" + name + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		books = append(books, book)
	}
	return books
}

// sit starts the screens: at home, or in an incident, in a drill that Ada
// facilitates or that she plays.
func sit(t *testing.T, books []*runbooks.Source, play *runbooks.ScenarioSource, start uint8) (*testing.T, *tuitest.Desk, *tui.App) {
	t.Helper()
	desk, app := seated(t, books, play, start, false)
	return t, desk, app
}

// sitByLine is sit for screens that are said line by line.
func sitByLine(t *testing.T, books []*runbooks.Source, play *runbooks.ScenarioSource, start uint8) (*tuitest.Desk, *tui.App) {
	t.Helper()
	return seated(t, books, play, start, true)
}

func seated(t *testing.T, books []*runbooks.Source, play *runbooks.ScenarioSource, start uint8, byLine bool) (*tuitest.Desk, *tui.App) {
	t.Helper()
	desk, err := tuitest.NewDesk("Ada")
	if err != nil {
		t.Fatal(err)
	}
	desk.Books, desk.Plays = books, []*runbooks.ScenarioSource{play}
	world := &tuitest.World{Ways: []state.Channel{{Name: "website", Kind: "webhook"}}}
	opts := tui.Options{Person: "Ada", Now: desk.Now, World: world, ByLine: byLine}
	request := tui.StartRequest{Runbook: books[0], Mode: state.Drill, Title: "Exercise", Severity: runbooks.SEV1,
		Inputs: map[string]string{"org": "IMO"}, Person: []string{"", "Ada", "Ada", "Fay"}[start%4], Scenario: play}
	switch start % 4 {
	case 0:
		app, err := tui.NewHome(t.Context(), desk, opts)
		if err != nil {
			t.Fatal(err)
		}
		return desk, app
	case 1:
		request.Runbook, request.Mode, request.Scenario, request.Inputs = books[3], state.Live, nil, nil
	}
	if _, err := desk.Start(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	session, err := desk.Open(t.Context(), desk.Last().Incident().ID, false)
	if err != nil {
		t.Fatal(err)
	}
	app, err := tui.NewIncident(t.Context(), desk, session, false, opts)
	if err != nil {
		t.Fatal(err)
	}
	return desk, app
}

// A line is what lies between a terminal and the program. What goes over it is read
// a second time, as a program reads it, to know what the program was told.
type line struct {
	t    *testing.T
	desk *tuitest.Desk
	app  *tui.App
	term *tuitest.Terminal
	tap  io.Writer

	mu   sync.Mutex
	told []tea.Msg // since the last look

	mine    int  // entries of Ada's at the last look
	resting bool // since the last look the program had time for all that it was told
}

func newLine(t *testing.T, desk *tuitest.Desk, app *tui.App) *line {
	l := &line{t: t, desk: desk, app: app, term: tuitest.Start(t, app, 80, 24)}
	in, tap := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = terminal.New(ctx, listener{l}, terminal.Line{In: in, Out: io.Discard, Width: 80, Height: 24, Environ: []string{"TERM=xterm-256color"}}, terminal.Options{}).Run()
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
		_ = tap.Close()
	})
	l.tap, l.mine, l.resting = tap, l.entries(), true
	return l
}

// A listener is a program that does nothing but to keep what it is told.
type listener struct{ *line }

func (l listener) Init() tea.Cmd  { return nil }
func (l listener) View() tea.View { return tea.View{} }

func (l listener) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.told = append(l.told, msg)
	return l, nil
}

// sequence is how long the first sequence of keys is, and the key that it is.
func sequence(keys []byte) (n int, key uv.KeyPressEvent) {
	defer func() {
		if recover() != nil { // the library fails on some
			n = len(keys)
		}
	}()
	n, event := new(uv.EventDecoder).Decode(slices.Clone(keys)) // it writes into what it is given
	key, _ = event.(uv.KeyPressEvent)
	return max(1, min(n, len(keys))), key
}

// happens lets something happen before the sequence number i.
func (l *line) happens(what, i int) {
	switch session := l.desk.Last(); {
	case what == 4:
		l.term.Resize(1+i*37%230, 1+i*11%70)
	case what == 5 && session != nil:
		_ = session.Other("Bo", state.AddNote{Text: "seen \x1b[2J elsewhere"}) // a closed incident takes none
	case what == 6:
		l.desk.FailSaves(1)
	case what == 7:
		l.term.Wait(time.Second)
	}
}

// How a sequence arrives: its bytes at once, or in two parts of which the second
// comes in time or too late, or with the next sequence close behind.
const (
	whole byte = iota
	inTime
	tooLate
	behind
)

// feed sends a sequence.
func (l *line) feed(keys []byte, way byte) {
	meaning := ""
	_, key := sequence(keys)
	if key.Code != 0 && l.resting {
		synctest.Wait() // what has happened before is taken in
		meaning = tui.Means(l.app, key.String())
	}
	half := len(keys) / 2
	if way == whole || way == behind || half == 0 {
		half = len(keys)
	}
	l.send(keys[:half])
	switch way {
	case inTime:
		l.term.Wait(time.Millisecond)
	case tooLate:
		l.term.Wait(110 * time.Millisecond)
	}
	l.send(keys[half:])
	if way == behind {
		l.resting = false
		return
	}
	l.term.Settle()
	l.look(key, meaning)
}

func (l *line) send(keys []byte) {
	if len(keys) > 0 {
		l.term.Feed(keys)
		_, _ = l.tap.Write(keys)
	}
}

// look fails if something was recorded since the last look that no key press asked
// for; if the program was told of a single one, it has meant something there.
func (l *line) look(key uv.KeyPressEvent, meaning string) {
	l.t.Helper()
	l.mu.Lock()
	told := l.told
	l.told = nil
	l.mu.Unlock()
	presses := slices.DeleteFunc(slices.Clone(told), func(e tea.Msg) bool { _, press := e.(tea.KeyPressMsg); return !press })
	was := l.mine
	l.mine = l.entries()
	switch {
	case l.mine == was:
	case len(presses) == 0:
		l.t.Errorf("%d entries were recorded by %v", l.mine-was, told)
	case len(presses) == 1 && l.resting && presses[0] == tea.Msg(tea.KeyPressMsg(key)) && meaning == "":
		l.t.Errorf("%d entries were recorded by %q, which means nothing there", l.mine-was, key)
	}
	l.resting = true
}

// entries is how many entries Ada has recorded. What looks at services show is
// recorded by itself.
func (l *line) entries() (n int) {
	session := l.desk.Last()
	if session == nil {
		return 0
	}
	for _, e := range session.Incident().Log {
		if _, look := e.Data.(*state.ServiceChecked); e.By.Name == "Ada" && !look {
			n++
		}
	}
	return n
}

// ends looks at what has become of it all.
func (l *line) ends() {
	l.t.Helper()
	if l.term.Ended() {
		if l.term.Err != nil && !strings.Contains(l.term.Err.Error(), "NOT SAVED") {
			l.t.Errorf("the program has failed: %v", l.term.Err)
		}
	} else {
		l.term.Settle()
		l.look(uv.KeyPressEvent{}, "")
		l.term.Resize(l.term.W, l.term.H) // the keys may have told of another size
		tuitest.Fits(l.t, l.app, l.term, 0, "")
	}
	for row := range strings.SplitSeq(l.term.Screen(), "\n") {
		if !clean.IsClean(row) {
			l.t.Errorf("the screen has %q", row)
		}
	}
	if !clean.IsClean(l.term.Title()) {
		l.t.Errorf("the title is %q", l.term.Title())
	}
	for _, seq := range unusual(l.term.Raw()) {
		l.t.Errorf("%q was written", seq)
	}
	if session := l.desk.Last(); session != nil {
		if err := verify(session.Incident()); err != nil {
			l.t.Error(err)
		}
	}
}

// drawing are the sequences that the program may write to a terminal.
var drawing = regexp.MustCompile(`^(\x1b\[[0-9;:]*[ABCDGHXJKLMPSTZbdfhlmr@]|\x1b\[[?>=<][0-9;]*[hlmu]|\x1b\[[0-9] q|\x1b\[\?[0-9]+\$p|\x1b\[2[23];2t|\x1b\[>q|\x1b[78M]|\x1b\]11;\?\a` +
	`|\x1b\]2;[^\x00-\x1f]*\a|\x1b\]52;c;[A-Za-z0-9+/=]*\a|\x1b\]9;4;[0-4](;[0-9]{1,3})?\a|\x1b\](777;notify|99;[a-z=:0-9]*);[^\x00-\x1f]*\a|\x1b\]8;;((tel|sms):\+?[0-9]+|mailto:[A-Za-z0-9._+@-]+|https://(eur-lex\.europa\.eu|www\.ecfr\.gov)/[a-z0-9./_-]+)?\a|[\a\x08\t\r\n])$`)

// unusual are the sequences in raw that are not for drawing, and the text that is
// not clean.
func unusual(raw string) (found []string) {
	parser, stage := ansi.NewParser(), byte(0)
	for len(raw) > 0 {
		seq, width, n, next := ansi.DecodeSequence(raw, stage, parser)
		mark, _ := utf8.DecodeRuneInString(seq) // drawn onto the letter before it, which is cut off here
		text := width > 0 || unicode.IsMark(mark)
		if !text && !drawing.MatchString(seq) || text && !clean.IsClean("x"+seq) {
			found = append(found, seq)
		}
		raw, stage = raw[n:], next
	}
	return found
}

// verify reads the incident's log again as its lines.
func verify(inc *state.Incident) error {
	again, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, e := range inc.Log {
			_, line, err := state.Seal(e)
			if err == nil {
				e, err = state.Decode(line.Bytes)
			}
			if !yield(e, err) {
				return
			}
		}
	})
	if err == nil && again.Head != inc.Head {
		err = fmt.Errorf("the log's head is %v, and read again %v", inc.Head, again.Head)
	}
	return err
}
