package session

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestTerminalsHaveNames: a terminal is called as people call it, by the number of its device.
func TestTerminalsHaveNames(t *testing.T) {
	device := func(major, minor uint64) uint64 { return minor&0xff | major<<8 | minor&^0xff<<12 }
	for _, c := range []struct {
		major, minor uint64
		want         string
	}{
		{136, 0, "pts/0"}, {136, 7, "pts/7"}, {136, 300, "pts/300"}, {137, 1, "pts/1048577"}, {143, 0, "pts/7340032"}, {144, 0, "device 144:0"}, {135, 0, "device 135:0"},
		{4, 1, "tty1"}, {4, 63, "tty63"}, {4, 64, "ttyS0"}, {4, 65, "ttyS1"}, {5, 1, "device 5:1"}, {204, 64, "device 204:64"},
	} {
		if got := deviceName(device(c.major, c.minor)); got != c.want {
			t.Errorf("%d:%d is called %s, not %s", c.major, c.minor, got, c.want)
		}
	}
}

// TestStateOfAProcess: its fields begin behind its name, whatever that has; of a process that is
// not there is none.
func TestStateOfAProcess(t *testing.T) {
	fields := processStat("self")
	if len(fields) < 20 || fields[1] != fmt.Sprint(os.Getppid()) || len(fields[0]) != 1 {
		t.Errorf("of this process they are %q", fields)
	}
	if fields := processStat("0"); fields != nil {
		t.Errorf("of none they are %q", fields)
	}
}

// TestSeatThatIsNamed: a terminal that is named is the seat's, and no other is looked for; the
// account has a name.
func TestSeatThatIsNamed(t *testing.T) {
	seat := ThisSeat("box", "ssh 3")
	if seat.Host != "box" || seat.Terminal != "ssh 3" || seat.Login != "" || seat.Account == "" {
		t.Errorf("the seat is %+v", seat)
	}
	own := ThisSeat("box", "")
	if name, login := terminal(); own.Terminal != name || own.Login != login || own.Account != seat.Account {
		t.Errorf("the seat is %+v", own)
	}
	if own.Known() == (own.Login == "") || strings.HasSuffix(own.Login, ".") {
		t.Errorf("of the terminal %q the use is %q", own.Terminal, own.Login)
	}
}
