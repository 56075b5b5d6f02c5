package team

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/runbooks"
	"muster/state"
	"muster/state/sorted"
)

// What an invitation holds to.
const (
	Lasting    = 15 * time.Minute // how long a code is good
	waitingFor = 15 * time.Minute // how long somebody may wait for a yes
	codeBytes  = 5                // 40 bits
	maxWrong   = 20               // codes that were none, until every invitation is void
	maxInvites = 50
	maxWaiting = 50
)

// An Invite is a code that lets one person knock. The code itself is not kept.
type Invite struct {
	Name   string       `json:"name"`
	Access state.Access `json:"role"`
	By     string       `json:"by"` // who invited
	Until  time.Time    `json:"until"`
	Salt   []byte       `json:"salt"`
	Sum    []byte       `json:"sum"` // SHA-256 of salt and code
}

// A Waiting is somebody who gave the right code and waits for a yes from inside.
type Waiting struct {
	Name   string       `json:"name"`
	Access state.Access `json:"role"`
	Key    string       `json:"key"` // as an authorized_keys line has it
	From   string       `json:"from"`
	Since  time.Time    `json:"since"`
}

// Fingerprint names the key of who waits: SHA256:…
func (w Waiting) Fingerprint() string {
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(w.Key))
	if err != nil {
		return "a key that cannot be read"
	}
	return ssh.FingerprintSHA256(key)
}

func (d *door) expire(now time.Time) {
	d.Invites = sorted.Without(d.Invites, func(i Invite) bool { return !now.Before(i.Until) })
	d.Waiting = sorted.Without(d.Waiting, func(w Waiting) bool { return now.Sub(w.Since) > waitingFor })
	if len(d.Invites) == 0 && now.Sub(d.Void) > Lasting { // else it is told that they are void
		d.Wrong = 0
	}
}

var codes = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// newCode makes a code: eight signs that are told apart when they are read aloud.
func newCode(random io.Reader) (string, error) {
	var bits [codeBytes]byte
	if _, err := io.ReadFull(random, bits[:]); err != nil {
		return "", fmt.Errorf("no random numbers: %w", err)
	}
	code := codes.EncodeToString(bits[:])
	return code[:4] + "-" + code[4:], nil
}

// plainCode is a code as it is compared: as it was heard, o for 0, l and i for 1.
func plainCode(typed string) string {
	typed = strings.ToUpper(typed)
	return strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(typed)
}

func codeSum(salt []byte, code string) []byte {
	sum := sha256.Sum256(append(bytes.Clone(salt), plainCode(code)...))
	return sum[:]
}

// Invite makes a code by which one person may knock, and keeps it for [Lasting].
func (f Folder) Invite(name string, access state.Access, by string) (code string, until time.Time, err error) {
	if err := errors.Join(CheckName(name), CheckAccess(access)); err != nil {
		return "", time.Time{}, err
	}
	if code, err = newCode(f.Random); err != nil {
		return "", time.Time{}, err
	}
	salt := make([]byte, 16)
	if _, err = io.ReadFull(f.Random, salt); err != nil {
		return "", time.Time{}, fmt.Errorf("no random numbers: %w", err)
	}
	until = f.Now().Add(Lasting).UTC().Truncate(time.Second)
	people, _, err := f.People()
	if err != nil {
		return "", time.Time{}, err
	}
	for _, p := range people {
		if runbooks.SameName(p.Name, name) && p.Access != access {
			return "", time.Time{}, fmt.Errorf("%s is here as %s already: a second key has the same role", p.Name, p.Access)
		}
	}
	err = f.change(func(d *door) error {
		if len(d.Invites) >= maxInvites {
			return fmt.Errorf("%d invitations stand already: wait until some are over", maxInvites)
		}
		if Void(d.Wrong) {
			d.Wrong, d.Void = 0, time.Time{}
		}
		d.Invites = append(d.Invites, Invite{name, access, by, until, salt, codeSum(salt, code)})
		return nil
	})
	return code, until, err
}

// Door is who is invited and who waits, and how many wrong codes were given.
func (f Folder) Door() (invites []Invite, waiting []Waiting, wrong int, err error) {
	d, err := f.readDoor()
	return d.Invites, d.Waiting, d.Wrong, err
}

// Void reports whether so many wrong codes were given that every invitation is void.
func Void(wrong int) bool { return wrong >= maxWrong }

// ErrCode says that a code is no invitation's.
var ErrCode = errors.New("this code is not good: it may be mistyped, used or over")

// ErrVoid is ErrCode where that one was one too many: every invitation is void.
var ErrVoid = fmt.Errorf("%w", ErrCode)

// Knock takes a code from whoever holds a key. A right one is used up by it, and they
// wait for a yes.
func (f Folder) Knock(key ssh.PublicKey, code, from string) (Waiting, error) {
	if err := CheckKey(key); err != nil {
		return Waiting{}, err
	}
	var w Waiting
	right, void := false, false
	err := f.change(func(d *door) error {
		at := slices.IndexFunc(d.Invites, func(i Invite) bool {
			return subtle.ConstantTimeCompare(i.Sum, codeSum(i.Salt, code)) == 1
		})
		if at < 0 {
			if d.Wrong++; d.Wrong >= maxWrong {
				d.Invites, d.Void, void = nil, f.Now().UTC(), true // whoever guesses gets no more tries
			}
			return nil
		}
		if len(d.Waiting) >= maxWaiting {
			return fmt.Errorf("%d wait already", maxWaiting)
		}
		right = true
		i := d.Invites[at]
		w = Waiting{i.Name, i.Access, string(bytes.TrimSpace(ssh.MarshalAuthorizedKey(key))), from, f.Now().UTC().Truncate(time.Second)}
		d.Invites = slices.Delete(d.Invites, at, at+1)
		d.Waiting = append(d.Waiting, w)
		return nil
	})
	switch {
	case err == nil && void:
		err = ErrVoid
	case err == nil && !right:
		err = ErrCode
	}
	return w, err
}

// Named says what the one who waits is called, if not as they were invited.
func (f Folder) Named(key ssh.PublicKey, name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	return f.change(func(d *door) error {
		for i := range d.Waiting {
			if d.Waiting[i].is(key) {
				d.Waiting[i].Name = name
			}
		}
		return nil
	})
}

func (w Waiting) is(key ssh.PublicKey) bool { return w.Fingerprint() == ssh.FingerprintSHA256(key) }

// Waits reports whether the holder of a key still waits.
func (f Folder) Waits(key ssh.PublicKey) (bool, error) {
	d, err := f.readDoor()
	return slices.ContainsFunc(d.Waiting, func(w Waiting) bool { return w.is(key) }), err
}

// Leave says that the holder of a key waits no longer.
func (f Folder) Leave(key ssh.PublicKey) error {
	return f.change(func(d *door) error {
		d.Waiting = sorted.Without(d.Waiting, func(w Waiting) bool { return w.is(key) })
		return nil
	})
}

// Admit lets in who waits, by name or by a part of the key's fingerprint, and keeps the
// key as theirs from then on.
func (f Folder) Admit(who string) (Person, error) {
	var p Person
	err := f.change(func(d *door) error {
		at, err := d.find(who)
		if err != nil {
			return err
		}
		w := d.Waiting[at]
		key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(w.Key))
		if err != nil {
			return fmt.Errorf("the key of %s cannot be read: %w", w.Name, err)
		}
		p = Person{Name: w.Name, Access: w.Access, Key: key}
		people, _, err := f.People()
		if err == nil {
			err = people.admits(p)
		}
		if err == nil {
			err = f.add(p)
		}
		if err == nil {
			d.Waiting = slices.Delete(d.Waiting, at, at+1)
		}
		return err
	})
	return p, err
}

// Turn sends away who waits.
func (f Folder) Turn(who string) (Waiting, error) {
	var w Waiting
	err := f.change(func(d *door) error {
		at, err := d.find(who)
		if err == nil {
			w = d.Waiting[at]
			d.Waiting = slices.Delete(d.Waiting, at, at+1)
		}
		return err
	})
	return w, err
}

// find is who of those that wait is meant.
func (d *door) find(who string) (int, error) {
	var found []int
	for i, w := range d.Waiting {
		if runbooks.SameName(w.Name, who) || len(who) >= 4 && strings.Contains(w.Fingerprint(), who) {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 0:
		return 0, fmt.Errorf("nobody waits who is called %q", who)
	case 1:
		return found[0], nil
	}
	return 0, fmt.Errorf("%d who wait are called %q: say which by the key's fingerprint", len(found), who)
}

// A Removed is what went when somebody was taken out.
type Removed struct {
	People  []Person // their keys
	Invites int      // codes that were made for them, and are void
	Waiting int      // keys by which they waited for a yes
}

// Remove takes somebody out, by name or by a part of a key's fingerprint: their keys, and
// by name also the codes that were made for them and their waiting. All other lines of the
// people's file stay as they are. The error says that
// nothing of the kind is there, or that several people are meant.
func (f Folder) Remove(who string) (Removed, error) {
	var gone Removed
	err := f.locked(func() (err error) {
		if gone.People, err = f.called(who); err != nil {
			return err
		}
		d, err := f.readDoor()
		if err != nil {
			return err
		}
		invites, waiting := len(d.Invites), len(d.Waiting)
		d.Invites = sorted.Without(d.Invites, func(i Invite) bool { return runbooks.SameName(i.Name, who) })
		d.Waiting = sorted.Without(d.Waiting, func(w Waiting) bool { return runbooks.SameName(w.Name, who) })
		gone.Invites, gone.Waiting = invites-len(d.Invites), waiting-len(d.Waiting)
		if len(gone.People)+gone.Invites+gone.Waiting == 0 {
			return fmt.Errorf("nobody in %s is called %q, and nobody of that name is invited or waits", f.PeopleFile(), who)
		}
		if gone.Invites+gone.Waiting > 0 {
			err = f.writeDoor(d)
		}
		if len(gone.People) > 0 {
			err = errors.Join(err, f.without(gone.People))
		}
		return err
	})
	return gone, err
}

// called are the people whose name or part of whose fingerprint is given.
func (f Folder) called(who string) (found []Person, err error) {
	people, _, err := f.People()
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		if runbooks.SameName(p.Name, who) || len(who) >= 4 && strings.Contains(p.Fingerprint(), who) {
			found = append(found, p)
		}
	}
	for _, p := range found {
		if !runbooks.SameName(p.Name, found[0].Name) {
			return nil, fmt.Errorf("%q means several people: say the whole name", who)
		}
	}
	return found, nil
}

// without writes the file again without some lines.
func (f Folder) without(gone []Person) error {
	people, err := f.read()
	if err != nil {
		return err
	}
	var kept []byte
	number := 0
	for text := range bytes.Lines(people) {
		number++
		if !slices.ContainsFunc(gone, func(p Person) bool { return p.Line == number }) {
			kept = append(kept, text...)
		}
	}
	return f.write(peopleFile, kept)
}
