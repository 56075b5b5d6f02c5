//go:build unix

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestSSHThatHangs: an ssh that never answers, and what it has started and leaves behind
// with its pipes open, holds nobody up who interrupts.
func TestSSHThatHangs(t *testing.T) {
	dir := t.TempDir()
	fifo := filepath.Join(dir, "started")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nsleep 1000 &\necho $! >" + fifo + "\nwait\n"
	if err := os.WriteFile(filepath.Join(dir, "ssh"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	ctx, interrupt := context.WithCancel(t.Context())
	left := make(chan int, 1)
	go func() {
		text, _ := os.ReadFile(fifo) // until it runs
		pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
		left <- pid
		interrupt()
	}()
	_, err := newEnv().openRemote(ctx, "ssh://box/x")
	if pid := <-left; pid > 1 {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
}
