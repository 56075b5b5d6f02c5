package proof

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
)

// A trial does something to a machine while somebody records.
type trial struct {
	fault string
	by    string
	needs need
	try   func(t *testing.T, r *row, roll *rand.Rand)
}

// TestFaults prints the table of what happens to machines; see the package comment.
func TestFaults(t *testing.T) {
	trials := []trial{
		{"kill -9, one process", "session", 0, killed(1, times(6, 250))},
		{"kill -9, two processes", "session", 0, killed(2, times(4, 200))},
		{"kill -9, four processes", "session", 0, killed(4, times(2, 100))},
		{"kill -9", "muster", 0, killedCommand},
		{"kill -9, notes and merges of people who are apart", "muster", 0, partings},
		{"kill -9, copying a log that goes on", "muster", 0, killedCopy},
		{"two processes at once", "muster", 0, together(2)},
		{"four processes at once", "muster", 0, together(4)},
		{"stopped and continued", "session", 0, stopped},
		{"stopped within a write, others wait", "muster", strace, stoppedHolder(false)},
		{"stopped within a write for longer than others wait", "muster", strace, stoppedHolder(true)},
		{"torn end of every length", "muster", 0, torn},
		{"disk full, and freed", "muster", root, fullDisk},
		{"disk full, and rescued", "session", root, fullDiskRescued},
		{"ENOSPC, EIO or too little from write", "muster", strace, failingWrite},
		{"EIO or ENOSPC from fsync", "muster", strace, failingSync},
		{"EIO from fsync, and rescued", "session", strace, failingSyncRescued},
		{"mounted read-only, and writable again", "muster", root, readOnly},
		{"file system gives up while open, rescued elsewhere", "session", root, givesUp},
		{"power cut: the disk's blocks at any instant", "session", root, powerCut},
		{"clock set against the boot clock", "muster", root, clockSet},
		{"clock set forward and back", "session", 0, clockJumps},
	}
	roll := dice(t)
	rows := make([]*row, len(trials))
	for i, trial := range trials {
		r := &row{fault: trial.fault, by: trial.by}
		rows[i] = r
		own := rand.New(rand.NewPCG(roll.Uint64(), 0))
		t.Run(trial.fault, func(t *testing.T) {
			if r.skip = trial.needs.missing(); r.skip == "" {
				trial.try(t, r, own)
			} else {
				t.Skip(r.skip)
			}
		})
	}
	fmt.Print(faultTable(rows))
}

// A need is what a trial needs of the machine.
type need int

const (
	root need = iota + 1
	strace
)

// missing says what is missing; "" for nothing.
func (n need) missing() string {
	switch {
	case n == root && os.Geteuid() != 0:
		return "only root may mount"
	case n == strace && exec.Command("strace", "-f", "-o", os.DevNull, "true").Run() != nil:
		return "there is no strace, or it may not trace"
	}
	return ""
}
