//go:build unix

package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInterruptedInAnEditor: who interrupts muster while an editor is open is told at once
// where the text lies; what the editor saves after that is taken as ever.
func TestInterruptedInAnEditor(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	p := newPlay(t)
	p.vars["EDITOR"] = `sh -c 'read line <"` + pipe + `"; echo "$line" >"$1"' sh`
	e := p.env()
	said, says := io.Pipe()
	e.err = says
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	type edited struct {
		text string
		err  error
	}
	result := make(chan edited, 1)
	go func() {
		text, err := editText(ctx, e, "")
		result <- edited{text, err}
	}()
	line, _ := bufio.NewReader(said).ReadString('\n')
	if !strings.Contains(line, "interrupted while the editor is open") || !strings.Contains(line, ".txt") {
		t.Errorf("it says %q", line)
	}
	if err := os.WriteFile(pipe, []byte("half of it\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := <-result; got.err != nil || got.text != "half of it\n" {
		t.Errorf("%q, %v", got.text, got.err)
	}
}

// TestStubbornEditorCanBeEnded: an editor that ignores ctrl+c does not have the terminal for
// ever; how it is ended is said before it starts, and what it saved is kept.
func TestStubbornEditorCanBeEnded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "draft.txt")
	said, says := io.Pipe()
	c := editorCommand{editing(`trap "" INT; echo half of it >"$1"; echo in the editor; sleep 1000; :`, path), path}
	c.SetStdout(says)
	ended := make(chan error, 1)
	go func() { ended <- c.Run() }()
	lines := bufio.NewReader(said)
	first, _ := lines.ReadString('\n')
	if !strings.Contains(first, path) || !strings.Contains(first, "5 times ctrl+c at once end it") {
		t.Errorf("it says %q", first)
	}
	_, _ = lines.ReadString('\n')
	editor := lent.Load()
	for i := range manyPresses {
		if len(ended) > 0 {
			t.Fatalf("it has ended by %d ctrl+c: %v", i, <-ended)
		}
		editor.pressed(time.Date(2026, 11, 24, 9, 0, 0, i, time.UTC))
	}
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "what was typed is kept in "+path) {
		t.Error(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "half of it\n" {
		t.Errorf("%q is kept, %v", text, err)
	}
}

// passing is a clock by which some time has passed whenever somebody looks.
type passing struct {
	*play
	each time.Duration
}

func (c *passing) SinceBoot() time.Duration {
	c.now = c.now.Add(c.each)
	return c.play.SinceBoot()
}

// TestEditorInAWindow: an editor that comes back at once and has changed nothing has a window of its
// own. The file that it has open there stays, and how to have it wait is said.
func TestEditorInAWindow(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	p := newPlay(t)
	e := p.env()
	for _, test := range []struct {
		editor string
		after  time.Duration
		waits  bool
	}{{"true", 0, false}, {"true", 5 * time.Second, true}, {"echo more >>", 0, true}} {
		p.vars["EDITOR"] = test.editor
		e.clock = &passing{p, test.after}
		text, err := editText(t.Context(), e, "typed")
		if left, _ := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "muster-*.txt")); (err == nil) != test.waits || test.waits && !strings.HasPrefix(text, "typed") || (len(left) == 1) == test.waits {
			t.Errorf("%s, after %v: %q, %v; %q stay", test.editor, test.after, text, err, left)
		} else if !test.waits {
			if !strings.Contains(err.Error(), left[0]) {
				t.Errorf("it is not said where the text is: %v", err)
			}
			_ = os.Remove(left[0])
		}
	}
}

// TestNoSuchEditor: an editor that is not there is named so, on the screens and by command; how
// the shell counts that says nothing to anybody.
func TestNoSuchEditor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "draft.txt")
	locked := filepath.Join(t.TempDir(), "locked")
	if err := os.WriteFile(locked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for editor, want := range map[string]string{"no-such-editor-here": "there is no such program: set EDITOR", locked: "it may not be run: set EDITOR", "false": "exit status 1"} {
		c := editorCommand{editing(editor, path), path}
		c.SetStdout(io.Discard)
		c.SetStderr(io.Discard)
		if err := c.Run(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s, on the screens: %v", editor, err)
		}
		p := newPlay(t)
		p.vars["EDITOR"] = editor
		e := p.env()
		e.err = io.Discard
		if _, err := editText(t.Context(), e, "typed"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s, by command: %v", editor, err)
		}
	}
}
