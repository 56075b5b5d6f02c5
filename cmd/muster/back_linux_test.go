package main

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestBackWhereTheyWere: whose line breaks in the middle of a word comes back to the incident,
// the screen and the step before their eyes, and what they had typed is there.
func TestBackWhereTheyWere(t *testing.T) {
	b, id := opened(t, [2]string{"ada", "responder"}, [2]string{"ben", "responder"})
	line := lineToBox(t, b)
	far := *b
	far.port = line.port
	ben := far.sshPty(t, "ben", "open "+id)
	ben.first()
	for _, key := range []string{"j", "j", "j", "n"} {
		ben.later(300*time.Millisecond, key)
	}
	ben.shows("what you saw, heard")
	ben.later(300*time.Millisecond, "half a word")
	ben.shows("half a word")
	ben.pause(2 * time.Second) // what is typed is kept within a second
	line.cut()
	ben.await("ended 255", 1)
	for deadline := time.Now().Add(time.Minute); ; {
		out, _, _ := b.ssh("ada", "", "people")
		if strings.Contains(out, "CUT OFF      Ben  "+id+" run record-awareness") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("who is here:\n%s", out)
		}
	}
	again := b.sshPty(t, "ben", "")
	again.first()
	again.shows("▌  ○ 1.5")
	again.later(300*time.Millisecond, "n")
	again.shows("half a word")
}

// TestFollowOverSSH: a log that is followed over SSH tells of each entry as it is recorded.
func TestFollowOverSSH(t *testing.T) {
	b, id := opened(t, [2]string{"ada", "responder"})
	cmd := exec.Command("ssh", append(b.sshOptions("ada", b.port), "log", "--follow", "-i", id)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := make(chan string, 100)
	go func() {
		for scan := bufio.NewScanner(out); scan.Scan(); {
			lines <- scan.Text()
		}
		close(lines)
	}()
	await := func(text string) {
		t.Helper()
		for limit := time.After(time.Minute); ; {
			select {
			case line, open := <-lines:
				if strings.Contains(line, text) {
					return
				}
				if !open {
					t.Fatalf("it ended before %q came", text)
				}
			case <-limit:
				t.Fatalf("%q does not come", text)
			}
		}
	}
	await("opened the live incident")
	if out, said, code := b.ssh("ada", "what lay there\n", "evidence", "--name", "dump.txt"); code != 0 || !strings.Contains(out, `evidence "dump.txt", 15 bytes`) {
		t.Errorf("a file that is sent: code %d, %s%s", code, out, said)
	}
	await("dump.txt")
	for _, text := range []string{"the first word", "the second"} {
		b.local("note", text, "--as", "Ada")
		await(text)
	}
}
