package serve

import (
	"net"
	"slices"
	"sync"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"muster/state/sorted"
)

// How many connections there may be. Those that have proved a key which may come are counted
// by their key, and no others are in their way: an office behind one address is not locked
// out by whoever holds silent connections there.
const (
	maxUnproved = 400 // connections that have proved no such key
	maxFromOne  = 120 // of them, from one address
	maxFromKey  = 40  // of one key
	maxSessions = 10  // on one connection at a time
)

// A gate counts connections.
type gate struct {
	mu     sync.Mutex
	silent []*counted     // that have proved nothing yet, the oldest first
	from   map[string]int // that have proved no key which may come, by address
	all    int            // of these
	keys   map[string]int // that have, by key
}

// A counted connection is counted until it is closed.
type counted struct {
	net.Conn
	gate    *gate
	address string
	key     string // that it has proved and that may come; "" for none
	gone    bool
}

// enter counts one more from an address. If that is too many, the oldest that has proved
// nothing gives way, and is returned; false if there is none. Whoever means to come proves
// their key at once.
func (g *gate) enter(c *counted) (gives *counted, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c.gate = g
	full := g.from[c.address] >= maxFromOne
	if full || g.all >= maxUnproved {
		at := slices.IndexFunc(g.silent, func(one *counted) bool { return !full || one.address == c.address })
		if at < 0 {
			c.gone = true
			return nil, false
		}
		gives = g.silent[at]
		g.forget(gives)
	}
	g.silent = append(g.silent, c)
	g.all++
	g.from[c.address]++
	return gives, true
}

// prove notes that a connection has proved a key; known says that it may come. False if
// that key has too many, or the connection had to give way.
func (g *gate) prove(c *counted, key string, known bool) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case c.gone:
		return false
	case c.key != "":
		return true
	case known && g.keys[key] >= maxFromKey:
		return false
	}
	g.silent = sorted.Without(g.silent, func(one *counted) bool { return one == c })
	if known {
		g.unmeet(c)
		c.key = key
		g.keys[key]++
	}
	return true
}

// counts reports whether a connection is still counted.
func (g *gate) counts(c *counted) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return !c.gone
}

// forget counts a connection no more.
func (g *gate) forget(c *counted) {
	if c.gone {
		return
	}
	c.gone = true
	if c.key != "" {
		if g.keys[c.key]--; g.keys[c.key] <= 0 {
			delete(g.keys, c.key)
		}
		return
	}
	g.silent = sorted.Without(g.silent, func(one *counted) bool { return one == c })
	g.unmeet(c)
}

// unmeet takes a connection out of those that have proved no key which may come.
func (g *gate) unmeet(c *counted) {
	g.all--
	if g.from[c.address]--; g.from[c.address] <= 0 {
		delete(g.from, c.address)
	}
}

// Close implements [net.Conn].
func (c *counted) Close() error {
	c.gate.mu.Lock()
	c.gate.forget(c)
	c.gate.mu.Unlock()
	return c.Conn.Close()
}

type countedKey struct{}

// accept lets a connection in, or closes it at once.
func (s *Server) accept(ctx ssh.Context, conn net.Conn) net.Conn {
	c := &counted{Conn: conn, address: hostOf(conn.RemoteAddr())}
	gives, ok := s.gate.enter(c)
	if !ok {
		s.turned("too many connections: one from %s was closed", c.address)
		return nil
	}
	if gives != nil {
		s.turned("too many connections: one from %s that had shown no key was closed", gives.address)
		_ = gives.Close()
	}
	ctx.SetValue(countedKey{}, c)
	return c
}

// proved notes that a connection has proved its key; false if there are too many of it.
func (s *Server) proved(ctx ssh.Context, key gossh.PublicKey) bool {
	c, _ := ctx.Value(countedKey{}).(*counted)
	if c == nil || key == nil {
		return false
	}
	_, known := s.by(key)
	if s.gate.prove(c, string(key.Marshal()), known) {
		return true
	}
	if s.gate.counts(c) { // else it has closed by itself, or was told of
		s.turned("too many connections of one key: one from %s was closed", c.address)
	}
	_ = c.Close()
	return false
}

// A turning is what is said of connections that are closed because there are too many. Thousands
// may come in a second: one of them is told of, and then how many more there were.
type turning struct {
	mu   sync.Mutex
	told bool
	more int
}

// turned tells whoever serves of a connection that was closed, or keeps it for later.
func (s *Server) turned(format string, a ...any) {
	s.turning.mu.Lock()
	defer s.turning.mu.Unlock()
	if s.turning.told {
		s.turning.more++
		return
	}
	s.turning.told = true
	s.say(format, a...)
}

// sayTurned tells how many more there were since the last time.
func (s *Server) sayTurned() {
	s.turning.mu.Lock()
	defer s.turning.mu.Unlock()
	if s.turning.more > 0 {
		s.say("too many connections: %d more were closed", s.turning.more)
	}
	s.turning.told, s.turning.more = s.turning.more > 0, 0
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
