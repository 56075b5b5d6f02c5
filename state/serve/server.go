// Package serve lets people in over SSH. It knows keys, limits and what one connection
// is given; what people then see and do is the visit's, which is passed in. Of SSH there
// are sessions alone: no forwarding, no subsystem, no shell; of an agent, signing alone.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"muster/state/clean"
	"muster/state/team"
)

// What the server holds to.
const (
	handshakeTime = 20 * time.Second
	quitTime      = 3 * time.Second  // for visits to give their terminals back
	askAlive      = 30 * time.Second // between two questions whether a client is still there
	answerAlive   = 60 * time.Second // for its answer
	lookAgain     = time.Second      // between two looks at who may come
	maxTries      = 6                // keys that one connection may offer
)

// Options are what a Server is made of.
type Options struct {
	Folder team.Folder  // who may come
	Host   gossh.Signer // the machine's key
	// Visit is what one connection does, until it returns the exit code. The context
	// ends with the connection, with the server, and when the person is taken out.
	Visit func(ctx context.Context, v *Visit) int
	// Say tells whoever serves what happens, a line each. It may be called at any time.
	Say func(line string)
	// After is [time.After], or a test's.
	After func(d time.Duration) <-chan time.Time
}

// A Server lets people in.
type Server struct {
	Options
	ssh  *ssh.Server
	gate gate
	people
	turning turning

	ctx    context.Context // ends every visit
	end    context.CancelFunc
	visits sync.WaitGroup
}

// New makes a server.
func New(o Options) (*Server, error) {
	s := &Server{Options: o}
	s.ctx, s.end = context.WithCancel(context.Background())
	s.people.folder, s.people.say = o.Folder, s.say
	s.gate.from, s.gate.keys = map[string]int{}, map[string]int{}
	made, err := wish.NewServer(
		wish.WithVersion("muster"),
		wish.WithPublicKeyAuth(s.knows),
		ssh.WrapConn(s.accept),
		func(server *ssh.Server) error {
			server.AddHostKey(o.Host)
			server.HandshakeTimeout = handshakeTime
			server.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig {
				return &gossh.ServerConfig{MaxAuthTries: maxTries}
			}
			server.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.session}
			server.RequestHandlers = map[string]ssh.RequestHandler{}
			server.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
			return nil
		},
	)
	s.ssh = made
	return s, err
}

// Serve lets people in until ctx ends. Then every visit is told to end, so that it
// gives its terminal back, and who does not is cut off.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.ssh.Serve(listener) }()
	go s.watch(ctx)
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = listener.Close()
	}
	s.end()
	done := make(chan struct{})
	go func() { s.visits.Wait(); close(done) }()
	select {
	case <-done:
	case <-s.After(quitTime):
	}
	if closing := s.ssh.Close(); err == nil && !errors.Is(closing, net.ErrClosed) {
		err = closing
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// knows reports whether the holder of a key may come in, or at least knock: somebody
// is invited then.
func (s *Server) knows(ctx ssh.Context, key ssh.PublicKey) bool {
	if team.CheckKey(key) != nil {
		return false
	}
	if _, known := s.by(key); known {
		return true
	}
	invites, _, _, err := s.Folder.Door()
	waits, _ := s.Folder.Waits(key)
	return err == nil && (len(invites) > 0 || waits)
}

// say tells whoever serves.
func (s *Server) say(format string, a ...any) {
	if s.Say != nil {
		s.Say(clean.Line(fmt.Sprintf(format, a...)))
	}
}

// watch ends the visits of those who were taken out, and those that are dead, until ctx
// ends.
func (s *Server) watch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.After(lookAgain):
			s.sayTurned()
			if s.changed() {
				s.sweep()
			}
		}
	}
}
