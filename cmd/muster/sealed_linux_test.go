//go:build amd64 || arm64

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What leaves a machine goes through a socket or another process. So the commands of a
// drill run here under a filter of the kernel that kills the process in the moment it
// asks for either, whatever library does it.

// programs are what this test can be run as.
func programs() map[string]func() {
	return map[string]func(){"muster": main, "muster-sealed": mainSealed}
}

// mainSealed is main under the filter.
func mainSealed() {
	if err := seal(); err != nil {
		os.Stderr.WriteString("cannot seal: " + err.Error() + "\n")
		os.Exit(3)
	}
	main()
}

// sealedCalls are the system calls that kill: sockets and new programs.
var sealedCalls = []uint32{unix.SYS_SOCKET, unix.SYS_CONNECT, unix.SYS_SENDTO, unix.SYS_BIND, unix.SYS_EXECVE, unix.SYS_EXECVEAT}

// seal gives all threads of the process the filter; it cannot be taken off.
func seal() error {
	runtime.LockOSThread()
	const load, equal, answer = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, unix.BPF_RET | unix.BPF_K
	filter := []unix.SockFilter{{Code: load, K: 0}} // the number of the system call
	for i, call := range sealedCalls {
		filter = append(filter, unix.SockFilter{Code: equal, Jt: uint8(len(sealedCalls) - i), K: call})
	}
	filter = append(filter, unix.SockFilter{Code: answer, K: unix.SECCOMP_RET_ALLOW}, unix.SockFilter{Code: answer, K: unix.SECCOMP_RET_KILL_PROCESS})
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return errno
	}
	return nil
}

// sealedRun runs muster under the filter, and says by which signal it was killed; 0 if
// by none.
func sealedRun(t *testing.T, dir string, args ...string) (string, syscall.Signal) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.Background(), exe, args...)
	cmd.Args[0] = "muster-sealed"
	cmd.Env = []string{"HOME=" + dir, "MUSTER_STATE=" + filepath.Join(dir, "state"), "MUSTER_AS=Ada", "MUSTER_TERMINAL=none", "TZ=UTC"}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		status := exit.Sys().(syscall.WaitStatus)
		if status.Signaled() {
			return out.String(), status.Signal()
		}
		if status.ExitStatus() == 3 {
			t.Skip(out.String())
		}
	} else if err != nil {
		t.Fatal(err)
	}
	return out.String(), 0
}

const sealedBook = `title = "One service"
[[service]]
id = "web"
title = "Website"
check = { url = "http://127.0.0.1:9/" }
[[service]]
id = "mail"
title = "Mail"
check = { tcp = "127.0.0.1:9" }
[[service]]
id = "name"
title = "Name"
check = { dns = "localhost.invalid" }
[[notice]]
id = "holding"
title = "Holding"
channel = "ops"
text = "We are on it."
[[phase]]
title = "Do"
[[phase.step]]
title = "Look"
command = "touch /tmp/never"
`

const sealedConfig = `[[channel]]
name = "ops"
kind = "webhook"
url = "http://127.0.0.1:9/hook"
[[channel]]
name = "mail"
kind = "smtp"
host = "127.0.0.1"
port = 9
security = "none"
from = "Ops <ops@example.org>"
to = ["All <all@example.org>"]
`

const sealedScenario = `title = "All down"
runbook = "book"
[world]
web = "down"
mail = "up"
name = "down: no such host"
[[inject]]
at = "+0:00"
from = "Desk"
to = "all"
via = "phone"
text = "Down."
expect = "Look."
`

// TestNothingLeavesADrill: a whole drill, with checks and sends through every kind of
// channel, and a rehearsal, ask the kernel for no socket and no process. The same
// commands in a live incident are killed, so that the test can fail.
func TestNothingLeavesADrill(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"book.toml": sealedBook, "s.toml": sealedScenario, "config.toml": sealedConfig} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := func(name string) string { return filepath.Join(dir, name) }
	config := []string{"--config", file("config.toml")}
	commands := [][]string{
		{"check"}, {"check", "web"}, {"check", "mail"}, {"check", "name"},
		{"notice", "draft", "holding"}, {"notice", "send", "holding"}, {"notice", "send", "holding", "--channel", "mail"},
		{"notice", "send", "holding", "--by-hand", "--channel", "telephone"}, {"sitrep"}, {"export"}, {"verify"},
	}
	if _, killed := sealedRun(t, dir, "start", file("book.toml"), "--drill", "--scenario", file("s.toml"), "--no-open"); killed != 0 {
		t.Fatal("starting a drill asked for a socket or a process")
	}
	drill := append([][]string{{"drill", "clock", "start"}, {"drill", "run", "--once"}, {"drill", "ack", "1"}, {"drill", "status"}}, commands...)
	for _, command := range append(drill, []string{"close", "--override", "x"}, []string{"drill", "report", "-i", "20"}) {
		out, killed := sealedRun(t, dir, append(config, command...)...)
		if killed != 0 {
			t.Errorf("in a drill, muster %s asked for a socket or a process: %s", strings.Join(command, " "), out)
		}
		if command[0] == "check" && !strings.Contains(out, "simulated") || strings.HasPrefix(strings.Join(command, " "), "notice send") && !strings.Contains(out, "would have sent") {
			t.Errorf("muster %s: %s", strings.Join(command, " "), out)
		}
	}
	if out, killed := sealedRun(t, dir, "drill", "rehearse", "imo-2020", "-o", file("rehearsal")); killed != 0 || !strings.Contains(out, "EXERCISE") {
		t.Errorf("a rehearsal: %v %s", killed, out)
	}
	os.RemoveAll(file("state"))
	if _, killed := sealedRun(t, dir, "start", file("book.toml"), "--no-open"); killed != 0 {
		t.Fatal("starting")
	}
	sealedRun(t, dir, append(config, "notice", "draft", "holding")...)
	for _, command := range [][]string{{"check"}, {"check", "web"}, {"check", "mail"}} { // private targets, and nobody has allowed them
		if out, killed := sealedRun(t, dir, append(config, command...)...); killed != 0 || !strings.Contains(out, "nothing was asked of them") {
			t.Errorf("unallowed, muster %s: %v %s", strings.Join(command, " "), killed, out)
		}
	}
	for _, command := range [][]string{{"check", "web", "--private"}, {"check", "mail", "--private"}, {"check", "name"}, {"notice", "send", "holding"}, {"notice", "send", "holding", "--channel", "mail", "--override", "x"}} {
		if out, killed := sealedRun(t, dir, append(config, command...)...); killed != syscall.SIGSYS {
			t.Errorf("in a live incident muster %s should have died asking for a socket: %v %s", strings.Join(command, " "), killed, out)
		}
	}
}
