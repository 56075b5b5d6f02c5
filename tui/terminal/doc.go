// Package terminal shows a Bubble Tea model on a terminal: it takes the terminal and
// gives it back, and draws.
//
//	model.Update ─► model.View ─► painter ─► terminal
//
// A [Program] runs any tea.Model. It knows nothing of what the model shows, and its
// [Options] are all it asks of it. It exists because Bubble Tea draws on a ticker,
// which is late and never sleeps: the painter draws what View says the moment it is
// said, and only then. When Bubble Tea draws on demand (its pull requests 1776 and
// 1796), tea.Program takes the place of painter, modes and program.
package terminal
