package serve

import (
	"net"
	"sync"

	"charm.land/ssh"
)

// How many connections there may be: a team behind one jump host has one address.
const (
	maxConnections = 400
	maxFromOne     = 120 // from one address
	maxSessions    = 10  // on one connection at a time
)

// A gate counts connections.
type gate struct {
	mu     sync.Mutex
	counts map[string]int // by address
	all    int
}

// enter counts one more from an address; false if that is too many.
func (g *gate) enter(address string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.all >= maxConnections || g.counts[address] >= maxFromOne {
		return false
	}
	g.all++
	g.counts[address]++
	return true
}

func (g *gate) leave(address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all--
	if g.counts[address]--; g.counts[address] <= 0 {
		delete(g.counts, address)
	}
}

// accept lets a connection in, or closes it at once.
func (s *Server) accept(_ ssh.Context, conn net.Conn) net.Conn {
	address := hostOf(conn.RemoteAddr())
	if !s.gate.enter(address) {
		s.say("too many connections: one from %s was closed", address)
		return nil
	}
	return &counted{Conn: conn, closed: func() { s.gate.leave(address) }}
}

// A counted connection is counted until it is closed.
type counted struct {
	net.Conn
	once   sync.Once
	closed func()
}

func (c *counted) Close() error {
	c.once.Do(c.closed)
	return c.Conn.Close()
}

func hostOf(address net.Addr) string {
	if address == nil {
		return "nowhere"
	}
	host, _, err := net.SplitHostPort(address.String())
	if err != nil {
		return address.String()
	}
	return host
}
