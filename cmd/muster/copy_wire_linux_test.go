package main

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// counted passes connections on to a port of this machine, and counts the bytes of both
// directions.
func counted(t *testing.T, port string) (own string, bytes *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	bytes = new(atomic.Int64)
	pass := func(to, from net.Conn) {
		defer to.Close()
		_, _ = io.Copy(to, io.TeeReader(from, counter{bytes}))
	}
	go func() {
		for {
			here, err := l.Accept()
			if err != nil {
				return
			}
			there, err := net.Dial("tcp", "127.0.0.1:"+port)
			if err != nil {
				here.Close()
				continue
			}
			go pass(there, here)
			go pass(here, there)
		}
	}()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port), bytes
}

type counter struct{ n *atomic.Int64 }

func (c counter) Write(p []byte) (int, error) { c.n.Add(int64(len(p))); return len(p), nil }

// TestCopyOnTheWire: an entry takes hardly more on the wire to a copy that follows than its
// line has.
func TestCopyOnTheWire(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ada", `name="Ada Lovelace",role=responder`))
	id := strings.TrimSpace(b.local("start", "ransomware", "--no-open", "--as", "Ada Lovelace"))
	b.local("note", "the first", "--as", "Ada Lovelace")
	far := farAway(t, b, "ada")
	port, bytes := counted(t, b.port)
	follow := far("copy", "ssh://127.0.0.1:"+port+"/"+id, "--follow")
	if err := follow.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = follow.Process.Kill(); _ = follow.Wait() }()
	at := filepath.Join("incidents", id, "log.jsonl")
	source, copied := filepath.Join(b.dir, "state", at), filepath.Join(strings.TrimPrefix(far("x").Env[1], "HOME="), "state", at)
	size := func(path string) int64 {
		info, err := os.Stat(path)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	often := time.NewTicker(2 * time.Millisecond)
	defer often.Stop()
	arrived := func() {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); size(copied) != size(source); {
			if now := <-often.C; now.After(deadline) {
				t.Fatalf("the copy has %d of %d bytes", size(copied), size(source))
			}
		}
	}
	arrived()
	b.local("note", "so that the line is up", "--as", "Ada Lovelace")
	arrived()
	const entries = 10
	lines, wire, took := size(source), bytes.Load(), time.Duration(0)
	for range entries {
		b.local("note", "as long as notes are: the file servers answer again, the portal does not", "--as", "Ada Lovelace")
		began := time.Now()
		arrived()
		took = max(took, time.Since(began))
	}
	lines, wire = size(source)-lines, bytes.Load()-wire
	ratio := float64(wire) / float64(lines)
	t.Logf("%d bytes of %d entries took %d bytes: %.2f; the last came %s after it was recorded", lines, entries, wire, ratio, took)
	if ratio > 1.2 {
		t.Errorf("%d bytes of %d entries took %d bytes on the wire: %.2f", lines, entries, wire, ratio)
	}
}
