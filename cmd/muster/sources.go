package main

import (
	"context"
	"strings"
)

// openSource opens the log that is named. A damaged one is refused, with what is wrong.
func (e *env) openSource(ctx context.Context, what string) (*source, error) {
	if strings.HasPrefix(what, sshScheme) {
		return e.openRemote(ctx, what)
	}
	path, err := e.pathOf(what)
	if err != nil {
		return nil, err
	}
	return openFileSource(ctx, path, path)
}
