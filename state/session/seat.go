package session

import (
	"fmt"
	"os"
	"os/user"

	"muster/state"
)

// ThisSeat is from where this process acts: its account and terminal, on a machine of
// this name. Without a terminal the seat has none. named stands for a terminal that the
// system does not know of; "" for none such.
func ThisSeat(host, named string) state.Seat {
	seat := state.Seat{Host: host, Account: fmt.Sprint(os.Getuid()), Terminal: named}
	if u, err := user.Current(); err == nil && u.Username != "" {
		seat.Account = u.Username
	}
	if named == "" {
		seat.Terminal, seat.Login = terminal()
	}
	return seat
}
