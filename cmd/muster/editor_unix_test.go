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
