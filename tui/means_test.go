package tui

// Means is the id of the action that a key, by its name, has just now; "" if it has
// none, or is typing. The app must be at rest.
func Means(a *App, key string) string { return a.ui.Means(key) }
