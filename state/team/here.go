package team

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"muster/state/clean"
	"muster/state/guard"
	"muster/state/sorted"
)

// Bounds on who is here.
const (
	hereFolder = "here"
	maxHere    = 1000      // files that are looked at
	maxCard    = 4 << 10   // bytes of one
	lostFor    = time.Hour // how long somebody who was cut off is still shown
)

// A Card is who is here, and where they are. It is a file, locked for as long as they
// are: whoever is cut off, or whose program is killed, leaves it behind unlocked.
type Card struct {
	Name     string    `json:"name"`
	Role     string    `json:"role"`               // their access; "" at the machine itself
	From     string    `json:"from"`               // the address; "" at the machine itself
	Incident string    `json:"incident,omitempty"` // "" at home
	Screen   string    `json:"screen,omitempty"`
	Step     string    `json:"step,omitempty"` // the id of the step before their eyes
	Since    time.Time `json:"since"`
	Moved    time.Time `json:"moved"` // when they last went anywhere
	Lost     bool      `json:"-"`     // the line broke: nobody said goodbye
	Own      bool      `json:"-"`     // it is the one who asks

	file string // where it lies
}

// A Presence is one who is here, as they see it.
type Presence struct {
	// Was is where they were when their line broke; the zero Card if it did not.
	Was Card

	folder Folder
	file   *os.File

	mu   sync.Mutex
	card Card
}

// Arrive says that somebody is here, until [Presence.Leave] or the end of the process.
func (f Folder) Arrive(card Card) (*Presence, error) {
	var id [8]byte
	if _, err := io.ReadFull(f.Random, id[:]); err != nil {
		return nil, fmt.Errorf("no random numbers: %w", err)
	}
	dir := filepath.Join(f.Path, hereFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, guard.Say(dir, err)
	}
	file, err := os.OpenFile(filepath.Join(dir, hex.EncodeToString(id[:])), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, guard.Say(dir, err)
	}
	if _, err := guard.TryLock(file); err != nil {
		return nil, errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	card.Since = f.Now().UTC()
	card.Moved = card.Since
	p := &Presence{folder: f, file: file, card: card}
	p.Was = f.back(card)
	return p, p.write()
}

// back takes away what somebody left behind who was cut off, and is where they were last;
// the zero Card if they were not.
func (f Folder) back(card Card) (was Card) {
	if card.Name == "" {
		return was
	}
	dir := filepath.Join(f.Path, hereFolder)
	entries, _ := os.ReadDir(dir)
	for path := range cards(dir, entries) {
		if one, ok := f.readCard(path); ok && one.Lost && one.Name == card.Name && one.Role == card.Role {
			if one.Moved.After(was.Moved) {
				was = one
			}
			_ = os.Remove(path)
		}
	}
	return was
}

// cards are the paths of what may be cards: a link leads elsewhere, and a pipe has nothing
// to read.
func cards(dir string, entries []os.DirEntry) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, entry := range entries[:min(len(entries), maxHere)] {
			if entry.Type().IsRegular() && !yield(filepath.Join(dir, entry.Name())) {
				return
			}
		}
	}
}

// Move says where they are now.
func (p *Presence) Move(incident, screen, step string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.card.Incident == incident && p.card.Screen == screen && p.card.Step == step {
		return nil
	}
	p.card.Incident, p.card.Screen, p.card.Step, p.card.Moved = incident, screen, step, p.folder.Now().UTC()
	return p.write()
}

// Rename says who they are, if that was not known when they came.
func (p *Presence) Rename(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.card.Name == name {
		return nil
	}
	p.card.Name = name
	return p.write()
}

// write writes the card over itself. Who reads it meanwhile reads it again.
func (p *Presence) write() error {
	data, err := json.Marshal(p.card)
	if err != nil {
		return err
	}
	data = append(data, '\n')
	if len(data) > maxCard {
		return errors.New("where somebody is has too long a name")
	}
	if _, err := p.file.WriteAt(data, 0); err != nil {
		return err
	}
	return p.file.Truncate(int64(len(data)))
}

// Leave says goodbye.
func (p *Presence) Leave() error {
	return errors.Join(os.Remove(p.file.Name()), p.file.Close())
}

// Drop goes without a goodbye: the line broke.
func (p *Presence) Drop() error { return p.file.Close() }

// Here lists who is here, and who was cut off within the last hour, by name. self is who
// asks; it may be nil.
func (f Folder) Here(self *Presence) ([]Card, error) {
	list, err := f.cards()
	return self.own(list), err
}

// own marks the card of who asks.
func (p *Presence) own(list []Card) []Card {
	for i := range list {
		list[i].Own = p != nil && list[i].file == p.file.Name()
	}
	return list
}

// A Crowd is who is here, as all see it who are served by one process: fifty who look every
// other second read the cards once for all of them.
type Crowd struct {
	Folder Folder
	Age    time.Duration // how old what is known may be

	mu    sync.Mutex
	at    time.Time
	cards []Card
}

// Here is [Folder.Here], as of a moment no longer ago than Age.
func (c *Crowd) Here(self *Presence) ([]Card, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.Folder.Now(); c.at.IsZero() || now.Before(c.at) || now.Sub(c.at) >= c.Age {
		cards, err := c.Folder.cards()
		if err != nil {
			return nil, err
		}
		c.at, c.cards = now, cards
	}
	return self.own(slices.Clone(c.cards)), nil
}

func (f Folder) cards() ([]Card, error) {
	dir := filepath.Join(f.Path, hereFolder)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, guard.Say(dir, err)
	}
	var list []Card
	for path := range cards(dir, entries) {
		card, ok := f.readCard(path)
		if !ok {
			continue
		}
		card.file = path
		list = append(list, card)
	}
	sorted.Stable(list, func(a, b Card) int { return cmp.Or(cmp.Compare(a.Name, b.Name), a.Since.Compare(b.Since)) })
	return list, nil
}

// readCard reads one card; false if it is none, or is over.
func (f Folder) readCard(path string) (Card, bool) {
	file, err := guard.OpenToLock(path)
	if err != nil {
		return Card{}, false
	}
	defer file.Close()
	var card Card
	for try := 0; ; try++ {
		data, err := io.ReadAll(io.NewSectionReader(file, 0, maxCard))
		if err != nil || try == 3 {
			return Card{}, false
		}
		if json.Unmarshal(data, &card) == nil {
			break
		}
	}
	card.Name, card.Incident, card.Screen, card.Step = clean.Line(card.Name), clean.Line(card.Incident), clean.Line(card.Screen), clean.Line(card.Step)
	free, err := guard.TryLock(file)
	if err != nil {
		return Card{}, false
	}
	card.Lost = free
	if free && f.Now().Sub(card.Moved) > lostFor {
		_ = os.Remove(path)
		return Card{}, false
	}
	return card, true
}
