package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"muster/state/clean"
)

// openSource opens the log that is named. A damaged one is refused, with what is wrong.
func (e *env) openSource(ctx context.Context, what string) (*source, error) {
	if strings.HasPrefix(what, sshScheme) {
		return e.openRemote(ctx, what)
	}
	if scheme, _, is := strings.Cut(what, "://"); is && scheme != "file" {
		return nil, usage(hint(fmt.Errorf("nothing is fetched by %s://", clean.Line(scheme)), "What another machine has is named as %sHOST/INCIDENT; a file by its path.", sshScheme))
	}
	path, err := e.pathOf(what)
	if err != nil {
		return nil, err
	}
	return openFileSource(ctx, path, path)
}

// openSources opens the logs that are named, in their order, and says what is wrong with the
// first that cannot be opened; those that were opened are to be closed nevertheless. Files are
// read on all cores. Other machines are asked one after the other: each may ask for a word.
func (e *env) openSources(ctx context.Context, names []string) ([]*source, error) {
	all, failed := make([]*source, len(names)), make([]error, len(names))
	var group sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, name := range names {
		if strings.HasPrefix(name, sshScheme) {
			if all[i], failed[i] = e.openRemote(ctx, name); failed[i] != nil {
				break
			}
			continue
		}
		group.Go(func() {
			room <- struct{}{}
			all[i], failed[i] = e.openSource(ctx, name)
			<-room
		})
	}
	group.Wait()
	var opened []*source
	var err error
	for i, from := range all {
		if from != nil {
			opened = append(opened, from)
		}
		if err == nil {
			err = failed[i]
		}
	}
	return opened, err
}
