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
