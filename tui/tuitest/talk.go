package tuitest

import (
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"muster/tui"
)

// A Conversation talks with the screens line by line, in a bubble of fake time.
type Conversation struct {
	in    *io.PipeWriter
	mu    sync.Mutex
	said  strings.Builder
	heard int // bytes of said
	ended chan struct{}
	Err   error // how the program ended
}

// Talk begins a conversation.
func Talk(t testing.TB, app *tui.App) *Conversation {
	in, out := io.Pipe()
	c := &Conversation{in: out, ended: make(chan struct{})}
	program := tui.NewPlain(t.Context(), app, tui.PlainLine{In: in, Out: c, Piped: true})
	go func() {
		defer close(c.ended)
		c.Err = program.Run()
		_ = in.Close() // what is typed from now on goes nowhere
	}()
	t.Cleanup(c.End)
	synctest.Wait()
	return c
}

// Write takes what is said.
func (c *Conversation) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said.Write(p)
}

// Say types lines, one after the other, and returns what was said since the last time.
func (c *Conversation) Say(lines ...string) string {
	for _, line := range lines {
		c.Type(line + "\n")
	}
	return c.Hear()
}

// Type types a text as it is.
func (c *Conversation) Type(text string) {
	_, _ = io.WriteString(c.in, text) // a program that has ended takes no more
	synctest.Wait()
}

// Hear is what was said since the last time.
func (c *Conversation) Hear() string {
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.said.String()
	news := all[c.heard:]
	c.heard = len(all)
	return news
}

// Wait lets time pass.
func (c *Conversation) Wait(d time.Duration) string {
	time.Sleep(d)
	return c.Hear()
}

// All is everything that was said.
func (c *Conversation) All() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said.String()
}

// End ends the input, and waits until the program has ended.
func (c *Conversation) End() {
	_ = c.in.Close()
	<-c.ended
	time.Sleep(5 * time.Second) // what waits for the next second ends by itself
}

// Ended reports whether the program has ended.
func (c *Conversation) Ended() bool {
	synctest.Wait()
	select {
	case <-c.ended:
		return true
	default:
		return false
	}
}

// InsideByLine begins at home, line by line, starts an incident of the scene's first
// runbook, and forgets what was said until then.
func InsideByLine(t *testing.T, scene Scene) (*Conversation, *Desk) {
	t.Helper()
	app, err := scene.App(scene.Desk)
	if err != nil {
		t.Fatal(err)
	}
	c := Talk(t, app)
	if scene.Desk.Last() == nil {
		c.Say("list", "open", "1", "", "Website down", "", "", "", "", "yes")
	}
	return c, scene.Desk
}

// A Saying is lines that are typed in an incident, and what is said then.
type Saying struct {
	Name   string
	Before func(*Desk) // what was done before; nil for nothing
	Lines  string      // parted by |
	Want   []string    // texts that are said, after the first line is typed
	Absent []string    // texts that are not
	Logged string      // part of the last entry; "" for whatever
}

// Sayings plays conversations, each in an incident of its own.
func Sayings(t *testing.T, scene func(*testing.T, tui.Options) Scene, cases []Saying) {
	t.Helper()
	for _, one := range cases {
		InBubble(t, one.Name, func(t *testing.T) {
			c, desk := InsideByLine(t, scene(t, tui.Options{ByLine: true}))
			if one.Before != nil {
				one.Before(desk)
				c.Wait(2 * time.Second)
			}
			c.Hear()
			said := c.Say(strings.Split(one.Lines, "|")...)
			for _, text := range one.Want {
				if !strings.Contains(said, text) {
					t.Errorf("%q is not said:\n%s", text, said)
				}
			}
			for _, text := range one.Absent {
				if strings.Contains(said, text) {
					t.Errorf("%q is said:\n%s", text, said)
				}
			}
			inc := desk.Last().Incident()
			if e, _ := inc.Entry(inc.Head.Seq); !strings.Contains(inc.Describe(e), one.Logged) {
				t.Errorf("the last entry is %q, not %q\n%s", inc.Describe(e), one.Logged, said)
			}
			NoControls(t, said)
		})
	}
}

// NoControls fails if anything that is no text was said.
func NoControls(t testing.TB, said string) {
	t.Helper()
	if at := strings.IndexFunc(said, func(r rune) bool { return r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) }); at >= 0 {
		t.Errorf("a control character was said: %q", said[max(0, at-40):min(len(said), at+40)])
	}
}
