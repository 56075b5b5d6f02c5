package serve

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/ssh"
	"github.com/anmitsu/go-shlex"
	gossh "golang.org/x/crypto/ssh"

	"muster/state/clean"
	"muster/state/team"
)

// Bounds on what a client may say of itself.
const (
	maxEnv     = 16
	maxValue   = 200      // bytes of TERM and of a variable
	maxCommand = 64 << 10 // bytes of a command line
	maxWidth   = 1000     // cells
	maxHeight  = 500      // rows
)

// variables are those that a client may set; screens need no others.
var variables = []string{"LANG", "LC_ALL", "LC_CTYPE", "COLORTERM", "NO_COLOR", "TERM_PROGRAM", "TERM_FEATURES"}

// A Size is that of a terminal, in cells and rows.
type Size struct{ Width, Height int }

// A Visit is one session of one person.
type Visit struct {
	Person   team.Person
	Args     []string          // the command; none for the screens
	In       io.Reader         // keys, or standard input
	Out, Err io.Writer         // as they go over the line: a terminal wants \r\n
	Environ  map[string]string // what the client said of its terminal, bounded
	Terminal bool              // there is one, at the other end
	Size     Size              // its size at the beginning; zero if unknown
	Sizes    <-chan Size       // and since: the newest, never waited for
	From     string            // the address
	Sign     Signing           // by the person's key, in the agent that they offer; nil if they offer none

	agent Signing // what Sign is as soon as they do
}

// session handles one channel of a connection.
func (s *Server) session(_ *ssh.Server, conn *gossh.ServerConn, channel gossh.NewChannel, ctx ssh.Context) {
	key, _ := ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey)
	if !s.proved(ctx, key) {
		_ = channel.Reject(gossh.ResourceShortage, "too many connections of this key")
		return
	}
	if !countSession(ctx, 1) {
		_ = channel.Reject(gossh.ResourceShortage, "too many sessions on one connection")
		return
	}
	defer countSession(ctx, -1)
	ch, requests, err := channel.Accept()
	if err != nil {
		return
	}
	defer ch.Close()
	v := &Visit{In: ch, Out: &inTurn{to: ch}, Err: &inTurn{to: ch.Stderr()}, Environ: map[string]string{}, From: hostOf(conn.RemoteAddr()), agent: signing(conn, key)}
	sizes := make(chan Size, 1)
	v.Sizes = sizes
	started := false
	done := make(chan struct{})
	for {
		select {
		case <-done:
			return
		case req, ok := <-requests:
			if !ok {
				if started {
					<-done
				}
				return
			}
			switch {
			case req.Type == "window-change":
				newest(sizes, readSize(req.Payload))
				_ = req.Reply(true, nil)
			case started:
				_ = req.Reply(false, nil)
			default:
				started = v.prepare(req)
				if started {
					go func() { defer close(done); s.run(ctx, conn, ch, key, v) }()
				}
			}
		}
	}
}

type sessionsKey struct{}

// countSession counts the sessions of a connection; false if there would be too many.
func countSession(ctx ssh.Context, by int) bool {
	ctx.Lock()
	defer ctx.Unlock()
	n, _ := ctx.Value(sessionsKey{}).(int)
	if n+by > maxSessions {
		return false
	}
	ctx.SetValue(sessionsKey{}, n+by)
	return true
}

// newest puts a size where the last one may still lie.
func newest(sizes chan Size, size Size) {
	select {
	case <-sizes:
	default:
	}
	sizes <- size
}

// prepare takes what comes before a session starts, and reports whether it starts now.
func (v *Visit) prepare(req *gossh.Request) (start bool) {
	ok := false
	switch req.Type {
	case "env":
		ok = v.setEnv(req.Payload)
	case "pty-req":
		ok = v.setTerminal(req.Payload)
	case agentRequest:
		ok, v.Sign = true, v.agent
	case "shell":
		ok, start = true, true
	case "exec":
		ok = v.setCommand(req.Payload)
		start = ok
	}
	_ = req.Reply(ok, nil)
	return start
}

func (v *Visit) setEnv(payload []byte) bool {
	var said struct{ Name, Value string }
	if gossh.Unmarshal(payload, &said) != nil || len(v.Environ) >= maxEnv || !slices.Contains(variables, said.Name) || !plain(said.Value) {
		return false
	}
	v.Environ[said.Name] = said.Value
	return true
}

// plain reports whether a value may be said to what draws.
func plain(value string) bool {
	return len(value) <= maxValue && utf8.ValidString(value) && clean.Line(value) == value
}

func (v *Visit) setTerminal(payload []byte) bool {
	var said struct {
		Term                         string
		Width, Height, XPixels, YPix uint32
		Modes                        string
	}
	if gossh.Unmarshal(payload, &said) != nil || v.Terminal || !plain(said.Term) {
		return false
	}
	v.Terminal = true
	v.Environ["TERM"] = said.Term
	v.Size = bounded(said.Width, said.Height)
	return true
}

func readSize(payload []byte) Size {
	var said struct{ Width, Height, XPixels, YPix uint32 }
	if gossh.Unmarshal(payload, &said) != nil {
		return Size{}
	}
	return bounded(said.Width, said.Height)
}

func bounded(width, height uint32) Size {
	return Size{int(min(width, maxWidth)), int(min(height, maxHeight))}
}

func (v *Visit) setCommand(payload []byte) bool {
	var said struct{ Command string }
	if gossh.Unmarshal(payload, &said) != nil || len(said.Command) > maxCommand || strings.ContainsRune(said.Command, 0) {
		return false
	}
	args, err := shlex.Split(said.Command, true)
	if err != nil {
		return false
	}
	if len(args) > 0 && args[0] == "muster" {
		args = args[1:] // as it would be written where there is a shell
	}
	v.Args = args
	return true
}

// run is a session from its start to its exit code.
func (s *Server) run(ctx context.Context, conn *gossh.ServerConn, ch gossh.Channel, key gossh.PublicKey, v *Visit) {
	s.visits.Add(1)
	defer s.visits.Done()
	code := 1
	defer func() {
		if what := recover(); what != nil {
			s.say("a session of %s failed: %v\n%s", v.Person.Name, what, debug.Stack())
			_, _ = io.WriteString(v.Err, "\r\nmuster: this session failed. What was saved is safe: connect again.\r\n")
			code = 1
		}
		_, _ = ch.SendRequest("exit-status", false, gossh.Marshal(struct{ Status uint32 }{uint32(code)}))
		_ = ch.Close()
	}()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	go s.keepAlive(ctx, conn)
	person, known := s.by(key)
	if !known {
		if person, known = s.door(ctx, v, key); !known {
			return
		}
	}
	v.Person = person
	g := &guest{key: key, as: person, end: cancel}
	s.enter(g)
	defer s.leave(g)
	s.sweepOne(g)
	s.say("%s (%s) is here, from %s", person.Name, person.Access, v.From)
	defer func() { s.say("%s is gone", person.Name) }()
	code = s.Visit(ctx, v)
	_, still := s.by(key)
	if !still || s.ctx.Err() != nil {
		code = max(code, 1) // what was cut off is not done
	}
	if !still {
		fmt.Fprint(v.Err, "\r\nmuster: your key may not come in any more.\r\n")
	} else if s.ctx.Err() != nil {
		fmt.Fprint(v.Err, "\r\nmuster: whoever serves has ended it. What was saved is safe: connect again once it is back.\r\n")
	}
}

// sweepOne ends a visit whose person was taken out between being let in and entering.
func (s *Server) sweepOne(g *guest) {
	if _, still := s.by(g.key); !still {
		g.end()
	}
}

// keepAlive asks now and then whether the client is still there, and cuts off who is not.
func (s *Server) keepAlive(ctx context.Context, conn *gossh.ServerConn) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.After(askAlive):
		}
		answered := make(chan error, 1)
		go func() {
			_, _, err := conn.SendRequest("keepalive@openssh.com", true, nil)
			answered <- err
		}()
		select {
		case <-ctx.Done():
			return
		case err := <-answered:
			if err == nil {
				continue
			}
		case <-s.After(answerAlive):
		}
		_ = conn.Close()
		return
	}
}
