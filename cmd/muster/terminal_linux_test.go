package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"golang.org/x/sys/unix"
)

// A ptyShell is a shell script on a terminal of its own, whose other end the test
// holds.
type ptyShell struct {
	t      *testing.T
	cmd    *exec.Cmd
	master *os.File
	slave  *os.File
	before *unix.Termios
	said   string // all that was written to the terminal
}

// newPtyShell starts the script. muster is on its path.
func newPtyShell(t *testing.T, script string) *ptyShell {
	t.Helper()
	p := &ptyShell{t: t}
	p.master = p.open("/dev/ptmx", unix.O_NONBLOCK) // for deadlines
	p.check(unix.IoctlSetPointerInt(int(p.master.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(p.master.Fd()), unix.TIOCGPTN)
	p.check(err)
	p.slave = p.open(fmt.Sprintf("/dev/pts/%d", n), 0)
	p.check(unix.IoctlSetWinsize(int(p.slave.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}))
	p.before = p.termios()
	home := t.TempDir()
	p.cmd = exec.Command("sh", "-c", script)
	p.cmd.Dir = home
	p.cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "MUSTER_AS=Ada", "MUSTER_TERMINAL=none"}
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = p.slave, p.slave, p.slave
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	p.check(p.cmd.Start())
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

func (p *ptyShell) open(path string, flags int) *os.File {
	p.t.Helper()
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC|flags, 0)
	p.check(err)
	file := os.NewFile(uintptr(fd), path)
	p.t.Cleanup(func() { _ = file.Close() })
	return file
}

func (p *ptyShell) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *ptyShell) termios() *unix.Termios {
	p.t.Helper()
	termios, err := unix.IoctlGetTermios(int(p.slave.Fd()), unix.TCGETS)
	p.check(err)
	return termios
}

// await reads until the shell has written text n times.
func (p *ptyShell) await(text string, n int) {
	p.t.Helper()
	p.check(p.master.SetReadDeadline(time.Now().Add(time.Minute)))
	buf := make([]byte, 4096)
	for strings.Count(p.said, text) < n {
		read, err := p.master.Read(buf)
		p.said += string(buf[:read])
		if err != nil {
			p.t.Fatalf("%q did not come %d times: %v\n%q", text, n, err, p.said)
		}
	}
}

// shows reads until text stands on the screen. What was written need not hold it: only
// what changed on the screen is drawn.
func (p *ptyShell) shows(text string) {
	p.t.Helper()
	p.check(p.master.SetReadDeadline(time.Now().Add(time.Minute)))
	emu := vt.NewEmulator(80, 24)
	go func() { _, _ = io.Copy(io.Discard, emu) }() // the emulator's own replies
	defer func() { _ = emu.InputPipe().(io.Closer).Close() }()
	drawn, buf := 0, make([]byte, 4096)
	for {
		_, err := emu.WriteString(p.said[drawn:])
		p.check(err)
		drawn = len(p.said)
		if strings.Contains(emu.String(), text) {
			return
		}
		read, err := p.master.Read(buf)
		p.said += string(buf[:read])
		if err != nil {
			p.t.Fatalf("%q does not stand on the screen: %v\n%s", text, err, emu.String())
		}
	}
}

// first leaves the first acts, which are shown before all else, once they can be left.
func (p *ptyShell) first() {
	p.t.Helper()
	p.shows("FIRST, before all else")
	p.later(600*time.Millisecond, "\x1b")
	p.pause(300 * time.Millisecond) // what follows at once would be one key with it
}

func (p *ptyShell) press(keys string) {
	p.t.Helper()
	_, err := p.master.WriteString(keys)
	p.check(err)
}

// isBack fails unless the terminal is as it was found, however often it was taken.
func (p *ptyShell) isBack() {
	p.t.Helper()
	if now := p.termios(); !reflect.DeepEqual(now, p.before) {
		p.t.Errorf("the terminal is %+v, not %+v", now, p.before)
	}
	for _, pair := range [][2]string{{"\x1b[?1049h", "\x1b[?1049l"}, {"\x1b[?2004h", "\x1b[?2004l"}, {"\x1b[?1002h", "\x1b[?1002l"}, {"\x1b[>7u", "\x1b[<1u"}} {
		if on, off := strings.Count(p.said, pair[0]), strings.Count(p.said, pair[1]); on == 0 || on != off {
			p.t.Errorf("%q was written %d times, %q %d times", pair[0], on, pair[1], off)
		}
	}
	if strings.LastIndex(p.said, "\x1b[?25h") < strings.LastIndex(p.said, "\x1b[?25l") {
		p.t.Error("the cursor is hidden")
	}
}

// isRaw fails unless keys come one by one.
func (p *ptyShell) isRaw() {
	p.t.Helper()
	if p.termios().Lflag&(unix.ICANON|unix.ECHO) != 0 {
		p.t.Error("the terminal is not raw")
	}
}

// TestTerminalIsAsBefore: whatever ends muster leaves a real terminal as it was
// before.
func TestTerminalIsAsBefore(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"ctrl+c": 0, "SIGTERM": syscall.SIGTERM, "SIGINT": syscall.SIGINT, "SIGHUP": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			p := newPtyShell(t, "sh -c 'echo pid $$; exec muster'; echo ended $?")
			p.await("find", 1)
			p.isRaw()
			if signal == 0 {
				p.press("\x03")
			} else {
				var pid int
				_, err := fmt.Sscanf(p.said, "pid %d", &pid)
				p.check(err)
				p.check(syscall.Kill(pid, signal))
			}
			p.await("ended 0", 1)
			p.isBack()
		})
	}
}

// TestFatalSignals: a program that is asked where it hangs says so on a terminal that
// can be used.
func TestFatalSignals(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGABRT} {
		t.Run(signal.String(), func(t *testing.T) {
			p := newPtyShell(t, "sh -c 'echo pid $$; exec muster'; echo ended $?")
			p.await("find", 1)
			var pid int
			_, err := fmt.Sscanf(p.said, "pid %d", &pid)
			p.check(err)
			p.check(syscall.Kill(pid, signal))
			p.await("ended 2", 1)
			p.isBack()
			if !strings.Contains(p.said, "goroutine 1") {
				t.Error("it does not say where it was")
			}
		})
	}
}

// TestSuspend: ctrl+z gives the terminal back to the shell, as often as one likes; fg
// takes it again, in the size that it has now.
func TestSuspend(t *testing.T) {
	p := newPtyShell(t, "set -m; muster; for n in 1 2; do echo stopped; read -r x; fg; done; echo ended $?")
	p.await("find", 1)
	for n := 1; n <= 2; n++ {
		p.isRaw()
		p.press("\x1a")
		p.await("stopped", n)
		p.isBack()
		p.check(unix.IoctlSetWinsize(int(p.slave.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 30, Col: uint16(80 + n)}))
		before := strings.Count(p.said, "find")
		p.press("\n")
		p.await("find", before+1)
		p.await(strings.Repeat("─", 80+n), 1)
	}
	p.press("\x03")
	p.await("ended 0", 1)
	p.isBack()
}

// TestNoShell: where muster is all that the terminal runs, ctrl+z cannot leave it
// stopped for good.
func TestNoShell(t *testing.T) {
	p := newPtyShell(t, "exec muster")
	p.await("find", 1)
	p.press("\x1a")
	p.shows("There is no shell to suspend to.")
	p.isRaw()
	p.press("\x03")
	p.check(p.cmd.Wait())
	p.await("\x1b[?1049l", 1)
	p.isBack()
}

// TestEditorGetsTheTerminal: the person's own editor has a terminal in which a line
// can be typed, and muster takes it again.
func TestEditorGetsTheTerminal(t *testing.T) {
	p := newPtyShell(t, "echo 'echo EDITOR; read -r line; echo $line > $1' > ed; EDITOR='sh ed' muster start ransomware; echo ended $?")
	p.first()
	p.press("3E")
	p.await("EDITOR", 1)
	p.isBack()
	before := strings.Count(p.said, "\x1b[?1049h")
	p.press("Written elsewhere.\n")
	p.await("\x1b[?1049h", before+1)
	p.await("Written elsewhere.", 2) // as typed, and on the screen
	p.isRaw()
	p.press("\x03")
	p.press("y")
	p.await("ended 0", 1)
	p.isBack()
}

// TestScreenKeepsWhatTheDiskLost: a log that is encrypted in place under an open screen
// is said to be changed; ctrl+c does not end muster at the first word, and whatever ends
// it writes all entries into a file, and says how to go on with it.
func TestScreenKeepsWhatTheDiskLost(t *testing.T) {
	p := newPtyShell(t, "export MUSTER_STATE=state; sh -c 'echo pid $$; exec muster start ransomware'; echo ended $?; muster rescue state/aside/*.jsonl --to usb; muster --state usb verify; echo all done")
	p.first()
	p.press("\r") // starts a step
	p.shows("saved 3")
	logs, err := filepath.Glob(filepath.Join(p.cmd.Dir, "state", "incidents", "*", "log.jsonl"))
	if err != nil || len(logs) != 1 {
		t.Fatalf("the logs are %q, %v", logs, err)
	}
	content, err := os.ReadFile(logs[0])
	p.check(err)
	file, err := os.OpenFile(logs[0], os.O_WRONLY, 0)
	p.check(err)
	_, err = file.Write(bytes.Repeat([]byte{0xa5}, len(content)))
	p.check(errors.Join(err, file.Close()))
	p.shows("THE LOG WAS CHANGED")
	p.press("\x03")
	p.shows("Only this screen still has")
	var pid int
	_, err = fmt.Sscanf(p.said, "pid %d", &pid)
	p.check(err)
	p.check(syscall.Kill(pid, syscall.SIGHUP))
	p.await("/state/aside/", 1)
	p.await("GOOD: 4 entries", 1)
	p.await("all done", 1)
}

// TestG18TypedTextIsKept: what was being typed when the line broke, or the machine was
// shut down, is kept for its owner alone, said, and shown when muster is opened again.
func TestG18TypedTextIsKept(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			p := newPtyShell(t, "export MUSTER_STATE=$PWD/s; muster start ransomware --title T >out 2>&1; sh -c 'echo pid $$; exec muster open'; echo ended $?; ls -l s/typed; muster")
			p.first()
			p.shows("Name commander")
			var pid int
			_, err := fmt.Sscanf(p.said[strings.Index(p.said, "pid"):], "pid %d", &pid)
			p.check(err)
			p.press("n")
			p.shows("Note")
			p.press("half of it")
			p.shows("half of it")
			p.check(syscall.Kill(pid, signal))
			p.await("recorded nowhere", 1)
			p.await("-rw-------", 1)
			p.said = p.said[strings.LastIndex(p.said, "-rw-------"):] // the screens that come then
			p.shows("half of it")
		})
	}
}

// TestInterruptIsForTheEditor: ctrl+c in an editor that the screens have started ends that,
// and neither the screens nor what was typed.
func TestInterruptIsForTheEditor(t *testing.T) {
	p := newPtyShell(t, `trap : INT; export MUSTER_STATE=$PWD/s EDITOR=$PWD/ed; printf '#!/bin/sh\necho half >"$1"\necho in the editor\nexec sleep 100\n' >ed; chmod +x ed
muster start ransomware --title T >out 2>&1; muster notice draft holding --title H --audience public --text hi >out; sh -c 'exec muster open'; echo all done`)
	p.shows("Unplug what encrypts")
	p.press("3")
	p.shows("draft v1")
	p.press("\x1b[B")
	p.shows("Version 1")
	p.press("E")
	p.await("in the editor", 1)
	p.press("\x03")
	p.shows("The text was not taken over")
	p.shows("kept in")
	p.press("\x03")
	p.await("all done", 1)
	p.isBack()
}

// TestTypedIsNoPipe: what lies where typed texts are kept, and is no plain file, holds
// nobody up.
func TestTypedIsNoPipe(t *testing.T) {
	p := newPtyShell(t, "export MUSTER_STATE=$PWD/s; mkdir -p s/typed; mkfifo s/typed/2026.txt; echo what was typed >s/typed/2027.txt; muster")
	p.shows("what was typed")
}

// TestC7KilledInANote: what was being typed when muster was killed is there when the form
// is opened again, in a file for its owner alone.
func TestC7KilledInANote(t *testing.T) {
	p := newPtyShell(t, "export MUSTER_STATE=$PWD/s; muster start ransomware --title T >out 2>&1; sh -c 'echo pid $$; exec muster open'; echo ended $?; stty sane; ls -l s/incidents/*/drafts; muster open; echo over $?")
	p.first()
	p.shows("Name commander")
	var pid int
	_, err := fmt.Sscanf(p.said[strings.Index(p.said, "pid"):], "pid %d", &pid)
	p.check(err)
	p.press("n")
	p.shows("Note")
	p.press("half of it")
	p.shows("half of it")
	dir, deadline := filepath.Join(p.cmd.Dir, "s", "incidents", "*", "drafts", "*.json"), time.Now().Add(time.Minute)
	for files := []string(nil); len(files) == 0 && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		files, err = filepath.Glob(dir)
		p.check(err)
	}
	p.check(syscall.Kill(pid, syscall.SIGKILL))
	p.await("-rw-------", 1)
	p.said = p.said[strings.LastIndex(p.said, "-rw-------"):]
	p.first()
	p.shows("recorded nowhere: Note")
	p.press("n")
	p.shows("half of it")
	p.press("\x03")
	p.await("over 0", 1)
}

// TestWhichOfTwoTimes: whoever sits there is asked which of two times is meant, and is asked
// anew by nothing: without an answer nothing is recorded.
func TestWhichOfTwoTimes(t *testing.T) {
	p := newPtyShell(t, `export TZ=Europe/Berlin
`+strings.Replace(plainBook, "muster start ./plain.toml; echo ended $?; muster log", `muster start ./plain.toml --no-open >/dev/null
muster note first --at '2026-10-25 02:30'; muster note second --at '2026-10-25 02:30'; muster note neither --at '2026-10-25 02:30'; echo ended $?`, 1))
	p.await("1 or 2: ", 1)
	p.press("1\n")
	p.await("1 or 2: ", 2)
	p.press("2\n")
	p.await("1 or 2: ", 3)
	p.press("\n")
	p.await("ended 2", 1)
	for _, want := range []string{"02:30:00 +02:00  Ada  note — \"first\"", "02:30:00 +01:00  Ada  note — \"second\"", "Write 2026-10-25T02:30:00+02:00, or an hour later"} {
		if !strings.Contains(p.said, want) {
			t.Errorf("%q is not in:\n%s", want, p.said)
		}
	}
}

// TestFirstStartIsAboutYou: whoever starts on a machine that has nothing is asked who they are, what
// they run and whether they command, and that is what the log says.
func TestFirstStartIsAboutYou(t *testing.T) {
	p := newPtyShell(t, `unset MUSTER_AS; export MUSTER_TERMINAL=desk MUSTER_STATE=$PWD/s; muster start ransomware; muster role; muster service; echo ended $?`)
	p.await("Your name: ", 1)
	p.press("Zoe\n")
	p.await("examples: ", 1)
	p.press("Booking, E-mail\n")
	p.await("yes or no: ", 1)
	p.press("yes\n")
	p.shows("IC Zoe")
	p.press("\x03")
	p.await("ended 0", 1)
	for _, want := range []string{"commander       Zoe", "booking", "E-mail"} {
		if !strings.Contains(p.said, want) {
			t.Errorf("%q is not in:\n%s", want, p.said)
		}
	}
	if strings.Contains(p.said, "Main database") {
		t.Error("it is about the examples")
	}
}
