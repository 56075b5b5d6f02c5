package session

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"

	"muster/state"
)

// terminal is the terminal that this process belongs to, wherever its files lead, and
// what tells its use now from a later one under the same name: the first process on it,
// and when that began. "" if it belongs to none.
func terminal() (name, login string) {
	fields := processStat("self")
	if len(fields) < 20 {
		return "", ""
	}
	device, err := strconv.ParseUint(fields[4], 10, 32) // the controlling terminal, after pid and name
	switch {
	case err != nil:
		return "", ""
	case device == 0:
		return state.NoTerminal, ""
	}
	leader := fields[3]
	login = leader
	if first := processStat(leader); len(first) >= 20 {
		login += "." + first[19] // in ticks after the boot
	}
	return deviceName(device), login
}

// processStat are the fields of a process's state from the third on: the second may
// have blanks.
func processStat(pid string) []string {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	end := bytes.LastIndexByte(stat, ')')
	if err != nil || end < 0 {
		return nil
	}
	return strings.Fields(string(stat[end+1:]))
}

// deviceName is what people call a terminal's device.
func deviceName(device uint64) string {
	major, minor := device>>8&0xfff, device&0xff|device>>12&0xfff00
	switch {
	case major >= 136 && major < 144:
		return fmt.Sprintf("pts/%d", (major-136)<<20|minor)
	case major == 4 && minor < 64:
		return fmt.Sprintf("tty%d", minor)
	case major == 4:
		return fmt.Sprintf("ttyS%d", minor-64)
	}
	return fmt.Sprintf("device %d:%d", major, minor)
}
