package team

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"muster/state/guard"
)

// A Folder is where all this lies. Random and Now are given to it, so that a test
// decides both.
type Folder struct {
	Path   string
	Now    func() time.Time
	Random io.Reader

	patience time.Duration // how long the lock is waited for; 0 for what is usual
}

// patience is how long a change waits for another's: that is one small file.
const patience = 5 * time.Second

// The files in it.
const (
	peopleFile = "people"
	hostFile   = "host_ed25519"
	doorFile   = "door.json"
	lockFile   = ".lock"
)

// PeopleFile is the path of the people's file.
func (f Folder) PeopleFile() string { return filepath.Join(f.Path, peopleFile) }

// HostKeyFile is the path of the host's key.
func (f Folder) HostKeyFile() string { return filepath.Join(f.Path, hostFile) }

// People reads who may come. That there is no file is no error: then nobody may.
func (f Folder) People() (People, []BadLine, error) {
	data, err := f.read()
	if err != nil {
		return nil, nil, err
	}
	people, bad := Parse(data)
	return people, bad, nil
}

// read is the text of the people's file; nothing if there is none.
func (f Folder) read() ([]byte, error) {
	data, err := guard.ReadOwn(f.PeopleFile(), maxPeople+1)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// locked does something while no other process changes the folder.
func (f Folder) locked(do func() error) error {
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return guard.Say(f.Path, err)
	}
	lock, err := guard.OpenLock(filepath.Join(f.Path, lockFile))
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := guard.Lock(lock, cmp.Or(f.patience, patience)); err != nil {
		return fmt.Errorf("the lock on %s: %w", f.Path, err)
	}
	return do()
}

// add writes one more person into the file, below what stands there.
func (f Folder) add(p Person) error {
	data, err := f.read()
	if err != nil {
		return err
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		data = append(data, '\n')
	}
	data = append(data, p.String()+"\n"...)
	if people, _ := Parse(data); !people.has(p) {
		return fmt.Errorf("%s could not be added to %s: the line would not be read", p.Name, f.PeopleFile())
	}
	return f.write(peopleFile, data)
}

func (p People) has(one Person) bool {
	found, ok := p.By(one.Key)
	return ok && found.Name == one.Name && found.Access == one.Access
}

func (f Folder) write(name string, data []byte) error {
	return guard.Target{Replace: true}.Write(filepath.Join(f.Path, name), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// door is what is written down of those who are not in yet.
type door struct {
	Invites []Invite  `json:"invites,omitempty"`
	Waiting []Waiting `json:"waiting,omitempty"`
	Wrong   int       `json:"wrong,omitempty"` // codes that were none, since an invitation stands
	Void    time.Time `json:"void,omitzero"`   // when they were so many that every invitation was made void
}

// readDoor reads the door as it is now: what is over is gone.
func (f Folder) readDoor() (door, error) {
	var d door
	data, err := guard.Read(filepath.Join(f.Path, doorFile), maxPeople)
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &d)
	}
	if err != nil {
		return door{}, fmt.Errorf("who is invited cannot be read: %w", err)
	}
	d.expire(f.Now())
	return d, nil
}

func (f Folder) writeDoor(d door) error {
	data, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	return f.write(doorFile, append(data, '\n'))
}

// change changes the door.
func (f Folder) change(with func(d *door) error) error {
	return f.locked(func() error {
		d, err := f.readDoor()
		if err != nil {
			return err
		}
		if err := with(&d); err != nil {
			return err
		}
		return f.writeDoor(d)
	})
}
