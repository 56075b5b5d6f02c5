package runbooks

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"
	"time"
)

// allowedFunctions are the names that a template may call. The language has more,
// which can be made to need memory or time without end (printf "%999999d").
func allowedFunctions() []string {
	return []string{
		"list", "join", "upper", "lower", "default", "date", "time",
		"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index",
	}
}

// A guard walks a parsed template. It refuses what is not allowed, counts every
// turn of a loop, and marks what is printed, so that the unknown can be shown.
type guard struct {
	tree  *parse.Tree
	err   error
	nodes int // walked through so far
}

func (g *guard) refuse(n parse.Node, format string, args ...any) {
	if g.err == nil {
		g.err = &refusal{line: g.line(n), what: fmt.Sprintf(format, args...)}
	}
}

// A refusal is why a template is not rendered.
type refusal struct {
	line int // in the template, 0 for the first
	what string
	hint string
}

func (r *refusal) Error() string { return r.what }

// line returns the line of the template, 0 for the first, on which a node stands.
func (g *guard) line(n parse.Node) int {
	location, _ := g.tree.ErrorContext(n)
	var line int
	if _, rest, ok := strings.Cut(location, ":"); ok {
		fmt.Sscanf(rest, "%d", &line) // no number leaves 0
	}
	return max(line-1, 0)
}

func (g *guard) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		g.node(n)
	}
}

func (g *guard) node(n parse.Node) {
	g.nodes++
	switch n := n.(type) {
	case *parse.ActionNode:
		g.pipe(n.Pipe)
		if len(n.Pipe.Decl) == 0 {
			g.mark(n)
		}
	case *parse.IfNode:
		g.branch(&n.BranchNode)
	case *parse.WithNode:
		g.branch(&n.BranchNode)
	case *parse.RangeNode:
		before := g.nodes
		g.branch(&n.BranchNode)
		tick := g.call(n.Pos, tickFunc, &parse.NumberNode{
			NodeType: parse.NodeNumber, Pos: n.Pos, IsInt: true,
			Int64: int64(g.nodes - before + 1), Text: fmt.Sprint(g.nodes - before + 1),
		})
		n.List.Nodes = slices.Insert(n.List.Nodes, 0, parse.Node(tick))
	case *parse.TemplateNode:
		g.refuse(n, "%s", errTemplate)
	}
}

func (g *guard) branch(b *parse.BranchNode) {
	g.pipe(b.Pipe)
	g.list(b.List)
	g.list(b.ElseList)
}

func (g *guard) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, c := range p.Cmds {
		for _, arg := range c.Args {
			g.arg(arg)
		}
	}
}

func (g *guard) arg(n parse.Node) {
	g.nodes++
	switch n := n.(type) {
	case *parse.PipeNode:
		g.pipe(n)
	case *parse.ChainNode:
		g.arg(n.Node)
	case *parse.IdentifierNode:
		if known := allowedFunctions(); !slices.Contains(known, n.Ident) {
			g.refuse(n, "function %s is not available", quote(n.Ident))
		}
	}
}

// mark sends what an action prints through show.
func (g *guard) mark(n *parse.ActionNode) {
	name := strings.ToLower(strings.Join(shownName(n.Pipe), " "))
	text := &parse.StringNode{NodeType: parse.NodeString, Pos: n.Pos, Quoted: `""`, Text: name}
	show := g.call(n.Pos, showFunc, text)
	n.Pipe.Cmds = append(n.Pipe.Cmds, show.Pipe.Cmds...)
}

// call makes {{ function arg }}.
func (g *guard) call(pos parse.Pos, function string, arg parse.Node) *parse.ActionNode {
	identifier := parse.NewIdentifier(function).SetPos(pos).SetTree(g.tree)
	command := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos, Args: []parse.Node{identifier, arg}}
	pipe := &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Cmds: []*parse.CommandNode{command}}
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: pos, Pipe: pipe}
}

// shownName says what a pipe prints, by the last thing it names: org for both
// .Org and .Answers.org, service title for .Service.Title.
func shownName(p *parse.PipeNode) []string {
	name := []string{"unknown"}
	for _, c := range p.Cmds {
		for _, arg := range c.Args {
			if path := pathOf(arg); len(path) > 0 {
				name = path
			}
			if s, ok := arg.(*parse.StringNode); ok && isIndex(c) {
				name = append(name[:len(name):len(name)], s.Text)
			}
			if inner, ok := arg.(*parse.PipeNode); ok {
				name = shownName(inner)
			}
		}
	}
	if len(name) > 1 && (name[0] == "Answers" || name[0] == "Roles") {
		name = name[1:]
	}
	return name
}

// pathOf returns the fields that a node names, beginning at the template's values.
func pathOf(n parse.Node) []string {
	switch n := n.(type) {
	case *parse.FieldNode:
		return n.Ident
	case *parse.VariableNode:
		if n.Ident[0] == "$" {
			return n.Ident[1:]
		}
	}
	return nil
}

func isIndex(c *parse.CommandNode) bool {
	id, ok := c.Args[0].(*parse.IdentifierNode)
	return ok && id.Ident == "index"
}

// dateText writes the day of a time in RFC 3339; any other text stays as it is.
func dateText(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return t.Format("2 January 2006")
}

// timeText writes the time of day, and its zone, of a time in RFC 3339.
func timeText(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	if _, offset := t.Zone(); offset == 0 {
		return t.Format("15:04 UTC")
	}
	return t.Format("15:04 -07:00")
}
