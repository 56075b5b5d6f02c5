package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/term"

	"muster/state/clean"
	"muster/state/team"
)

// maxCodes is how many codes one connection may try, maxEmpty how many lines it may leave
// empty.
const (
	maxCodes = 3
	maxEmpty = 20
)

// door talks with somebody whose key nobody knows: asks for the code and the name, and
// waits until somebody inside says yes.
func (s *Server) door(ctx context.Context, v *Visit, key gossh.PublicKey) (team.Person, bool) {
	talk := newTalk(v)
	defer context.AfterFunc(ctx, func() { talk.close() })()
	talk.say("muster: this key is not known here. If you have another that is, connect with ssh -i FILE.")
	waits, err := s.Folder.Waits(key)
	if err == nil && !waits {
		err = s.knock(talk, v, key)
	}
	if err != nil {
		talk.say("muster: " + err.Error())
		return team.Person{}, false
	}
	talk.say("Your key is " + gossh.FingerprintSHA256(key) + ".")
	talk.say("Wait here: somebody inside says yes, and may have you read them the key.")
	for {
		select {
		case <-ctx.Done():
			return team.Person{}, false
		case <-s.After(lookAgain):
		}
		if person, known := s.by(key); known {
			talk.say("You are in.")
			return person, true
		}
		if waits, err := s.Folder.Waits(key); err != nil || !waits {
			talk.say("muster: nobody said yes.")
			return team.Person{}, false
		}
	}
}

// knock asks for the code and the name.
func (s *Server) knock(talk *talk, v *Visit, key gossh.PublicKey) error {
	for try, empty := 1, 0; ; try++ {
		code, err := talk.ask("The code that you were told: ")
		if err != nil || empty == maxEmpty {
			return errors.New("no code was given")
		}
		if strings.TrimSpace(code) == "" { // a key pressed too often guesses nothing
			try, empty = try-1, empty+1
			continue
		}
		w, err := s.Folder.Knock(key, code, v.From)
		if err == nil {
			return s.named(talk, w, key)
		}
		if !errors.Is(err, team.ErrCode) {
			return err
		}
		s.say("somebody at %s gave a code that is none, with the key %s", v.From, gossh.FingerprintSHA256(key))
		if errors.Is(err, team.ErrVoid) {
			s.say("so many codes were none that every invitation is void: somebody may be guessing; invite anew")
			return err
		}
		if try == maxCodes {
			return err
		}
		talk.say("muster: " + err.Error())
	}
}

// named asks who knocks is called, if not as they were invited.
func (s *Server) named(talk *talk, w team.Waiting, key gossh.PublicKey) error {
	for range maxCodes {
		name, err := talk.ask(fmt.Sprintf("Your name (%s): ", w.Name))
		if err != nil {
			return errors.Join(errors.New("no name was given"), s.Folder.Leave(key))
		}
		name = strings.TrimSpace(name)
		if name == "" {
			name = w.Name
		}
		if err = s.Folder.Named(key, name); err == nil {
			s.say("%s (%s) waits for a yes, from %s, with the key %s: muster people admit %q", name, w.Access, w.From, w.Fingerprint(), name)
			return nil
		}
		talk.say("muster: " + err.Error())
	}
	return errors.Join(errors.New("there was no name that could be taken"), s.Folder.Leave(key))
}

// A talk is questions and answers, on a terminal or line by line.
type talk struct {
	v    *Visit
	term *term.Terminal // nil if there is none at the other end
	in   io.Reader
}

func newTalk(v *Visit) *talk {
	t := &talk{v: v, in: io.LimitReader(v.In, maxCommand)}
	if v.Terminal {
		t.term = term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{t.in, v.Out}, "")
	}
	return t
}

func (t *talk) say(text string) {
	text = clean.Line(text) + "\n"
	if t.term != nil {
		_, _ = t.term.Write([]byte(text))
		return
	}
	_, _ = io.WriteString(ssh.NewPtyWriter(t.v.Err), text)
}

func (t *talk) ask(question string) (string, error) {
	if t.term != nil {
		t.term.SetPrompt(clean.Line(question))
		line, err := t.term.ReadLine()
		t.term.SetPrompt("")
		return line, err
	}
	_, _ = io.WriteString(t.v.Err, clean.Line(question))
	var line []byte
	for one := make([]byte, 1); len(line) <= maxValue; {
		n, err := t.in.Read(one)
		if n == 1 && one[0] == '\n' {
			return strings.TrimRight(string(line), "\r"), nil
		}
		if n == 1 {
			line = append(line, one[0])
		}
		if err != nil {
			return string(line), err
		}
	}
	return "", errors.New("the line is too long")
}

// close ends a question that is still asked.
func (t *talk) close() {
	if closer, ok := t.v.In.(io.Closer); ok {
		_ = closer.Close()
	}
}
