package serve

import (
	"bytes"
	"context"
	"os"
	"sync"

	gossh "golang.org/x/crypto/ssh"

	"muster/state/team"
)

// people are those who may come, as the file is now, and those who are in.
type people struct {
	folder team.Folder
	say    func(format string, a ...any)

	mu     sync.Mutex
	file   os.FileInfo // as it was when it was read; nil if it was not there
	read   bool
	list   team.People
	guests map[*guest]struct{}
}

// A guest is one connection that was let in.
type guest struct {
	key gossh.PublicKey
	as  team.Person
	end context.CancelFunc
}

// by is whose key it is, as the file is now.
func (p *people) by(key gossh.PublicKey) (team.Person, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refresh()
	return p.list.By(key)
}

// changed reads the file again if it is another than it was, and says whether it is.
func (p *people) changed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refresh()
}

func (p *people) refresh() bool {
	info, err := os.Stat(p.folder.PeopleFile())
	if err != nil {
		info = nil
	}
	if p.read && sameFile(p.file, info) {
		return false
	}
	list, bad, err := p.folder.People()
	if err != nil {
		list = nil // what cannot be read lets nobody in
	}
	if p.read { // else whoever serves has been told
		p.tell(bad, err)
	}
	p.file, p.read, p.list = info, true, list
	return true
}

// tell tells whoever serves what of the file, as it is now, lets nobody in.
func (p *people) tell(bad []team.BadLine, err error) {
	if err != nil {
		p.say("nobody new may come: %v", err)
	}
	for _, b := range bad {
		p.say("%s:%d lets nobody in: %s", p.folder.PeopleFile(), b.Line, b.What)
	}
}

func sameFile(a, b os.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.Size() == b.Size() && a.Mode() == b.Mode() && a.ModTime().Equal(b.ModTime())
}

// enter keeps a guest until leave.
func (p *people) enter(g *guest) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.guests == nil {
		p.guests = map[*guest]struct{}{}
	}
	p.guests[g] = struct{}{}
}

func (p *people) leave(g *guest) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.guests, g)
}

// sweep ends the visits of those who may not come any more, or not as they came.
func (p *people) sweep() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for g := range p.guests {
		now, ok := p.list.By(g.key)
		if !ok || now.Name != g.as.Name || now.Access != g.as.Access || !bytes.Equal(now.Key.Marshal(), g.as.Key.Marshal()) {
			g.end()
		}
	}
}
