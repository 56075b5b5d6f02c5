package runbooks

// A node is where a value stands in a file, and what it is. The nodes of a file have the
// shape of the values that the parser returns for it. A file of thousands of steps has ten
// nodes for each, so that what only tables and lists have stands elsewhere.
type node struct {
	line     int32 // of its key, its table's head or, in an array, its value
	text     int32 // of the first character of a multi-line string; else 0
	from, to int32 // its value's bytes, from:to; for a table's head, of the head
	str      bool  // its value is a string
	made     bool  // a table or a list of them, made by a head
	form     form
	value    any     // of one that is no table and no list, as the parser has it
	inside   *inside // of a table or a list; nil of an empty one
}

// An inside is what is in a table or a list.
type inside struct {
	members []named // of a table, in the order in which they stand
	index   map[string]*node
	items   []*node // of a list
	in      place   // told by the decoder
}

// A form is what a node is.
type form uint8

const (
	single form = iota // a text, a number, a day …
	table
	list
)

// A named is a member of a table.
type named struct {
	name string
	node *node
}

// fewMembers are found sooner one by one than by an index.
const fewMembers = 16

// members are what a table has, in the order in which they stand.
func (n *node) members() []named {
	if n == nil || n.inside == nil {
		return nil
	}
	return n.inside.members
}

// items are what a list has.
func (n *node) items() []*node {
	if n == nil || n.inside == nil {
		return nil
	}
	return n.inside.items
}

// open is the node's inside, to put something there.
func (n *node) open() *inside {
	if n.inside == nil {
		n.inside = new(inside)
	}
	return n.inside
}

// key returns the node of a key, or nil. It works on a nil node.
func (n *node) key(name string) *node {
	if n == nil || n.inside == nil {
		return nil
	}
	if n.inside.index != nil {
		return n.inside.index[name]
	}
	for i := range n.inside.members {
		if m := &n.inside.members[i]; m.name == name {
			return m.node
		}
	}
	return nil
}

// put adds a member that the table does not have.
func (n *node) put(name string, member *node) {
	n.form = table
	in := n.open()
	if in.members == nil {
		in.members = make([]named, 0, 8)
	}
	in.members = append(in.members, named{name, member})
	if in.index != nil {
		in.index[name] = member
	} else if len(in.members) > fewMembers {
		in.index = make(map[string]*node, 2*fewMembers)
		for _, m := range in.members {
			in.index[m.name] = m.node
		}
	}
}

// add adds a value to a list.
func (n *node) add(item *node) {
	n.form = list
	in := n.open()
	in.items = append(in.items, item)
}

// item returns the node of an array's value, or nil. It works on a nil node.
func (n *node) item(i int) *node {
	if items := n.items(); i < len(items) {
		return items[i]
	}
	return nil
}

// lineOf returns the node's line, or 0.
func (n *node) lineOf() int {
	if n == nil {
		return 0
	}
	return int(n.line)
}
