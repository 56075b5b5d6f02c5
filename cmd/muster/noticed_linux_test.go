package main

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestNoticed: a real terminal that says what it can do, or whose environment does, is told by
// the desktop what falls due while another window has the keys, and how near the next
// deadline is, in its title and its tab; at the end both are as before. One that has not said so
// is sent nothing but a bell, nor is one around tmux or GNU screen; and each can be switched off.
func TestNoticed(t *testing.T) {
	const (
		kitty, iterm, rxvt = "\x1b]99;i=muster:", "\x1b]9;muster ", "\x1b]777;notify;muster "
		off                = "notify = false\nprogress = false\n"
	)
	for name, test := range map[string]struct {
		env, answer, config string
		notified            string
		progress            bool
	}{
		"kitty":            {env: "TERM=xterm-kitty", answer: "kitty(0.36.4)", notified: kitty},
		"iTerm2":           {env: "TERM=xterm-256color", answer: "iTerm2 3.5.10", notified: iterm},
		"foot":             {env: "TERM=foot", answer: "foot(1.16.2)", notified: rxvt},
		"ghostty, by SSH":  {env: "TERM=xterm-ghostty SSH_TTY=/dev/pts/9", notified: rxvt, progress: true},
		"Windows Terminal": {env: "TERM=xterm-256color WT_SESSION=1", progress: true},
		"xterm":            {env: "TERM=xterm-256color", answer: "XTerm(390)"},
		"mute":             {env: "TERM=xterm-256color"},
		"tmux":             {env: "TERM=tmux-256color TMUX=/tmp/s WT_SESSION=1", answer: "tmux 3.5a"},
		"screen":           {env: "TERM=screen-256color STY=1.x TERM_PROGRAM=ghostty"},
		"switched off":     {env: "TERM=xterm-ghostty", config: off},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPtyShell(t, `export `+test.env+`; printf '`+strings.ReplaceAll(test.config, "\n", `\n`)+`' >c.toml
muster start ransomware --no-open --title T && muster clock start nydfs-payment --why paid && muster timer set 2s 'ring the bank' && muster open --config c.toml; echo ended $?`)
			p.await("\x1b[>7u", 1)
			if strings.Contains(p.said, "\x1b[>q") && test.answer != "" {
				p.press("\x1bP>|" + test.answer + "\x1b\\")
			}
			p.press("\x1b[O")
			p.pause(3 * time.Second) // the timer's time comes
			p.press("\x1b[I\x03")
			p.await("ended", 1)
			p.isBack()
			told := regexp.MustCompile(`\x1b\](9;[^4]|99;|777;)[^\a]*\a`).FindAllString(p.said, -1)
			if test.notified == "" && len(told) > 0 || test.notified != "" && (len(told) == 0 || !strings.HasPrefix(told[0], test.notified) || !strings.Contains(told[len(told)-1], "ring the bank")) {
				t.Errorf("it is told %q", told)
			}
			bars := regexp.MustCompile(`\x1b\]9;4;[^\a]*\a`).FindAllString(p.said, -1)
			if (len(bars) > 0) != test.progress || test.progress && bars[len(bars)-1] != "\x1b]9;4;0\a" {
				t.Errorf("its tab shows %q", bars)
			}
			if near := strings.Contains(p.said, "\x1b]2;NYDFS "); near != (test.config == "" && name != "screen") { // which keeps no title to put back
				t.Errorf("its title tells the next deadline: %v", near)
			}
			if strings.Count(p.said, "\x1b[22;2t") != 1 || strings.LastIndex(p.said, "\x1b[23;2t") < strings.LastIndex(p.said, "\x1b]2;") {
				t.Error("its title is not put back")
			}
		})
	}
}
