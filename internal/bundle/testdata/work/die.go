package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
)

// die ends the program in one of several ways.
func die(how string) {
	switch how {
	case "panic":
		panic("a deliberate fault")
	case "goroutine":
		done := make(chan bool)
		go func() { defer close(done); (&tree{}).fall(3) }()
		<-done
	case "nil":
		var t *tree
		fmt.Println(t.left.name)
	case "index":
		list := strings.Fields("a b c")
		fmt.Println(list[len(list)])
	case "generic":
		pair[string, error]{b: errors.New("x")}.fall(slices.Values([]int{1, 2}))
	case "callback":
		slices.SortFunc([]int{2, 1, 3}, func(a, b int) int { panic("in the middle") })
	case "inlined":
		once := sync.OnceFunc(func() { small(1) })
		once()
	case "again":
		defer func() { panic(fmt.Sprint("again: ", recover())) }()
		(&tree{}).fall(1)
	case "deadlock":
		var lock sync.Mutex
		lock.Lock()
		lock.Lock()
	case "reader":
		var r sync.RWMutex
		r.RUnlock()
	default:
		fmt.Fprintln(os.Stderr, "no such way")
	}
}

func (t *tree) fall(depth int) {
	if depth == 0 {
		panic("on the ground")
	}
	func() { t.fall(depth - 1) }()
}

func (p pair[A, B]) fall(all func(func(int) bool)) {
	for i := range all {
		if i == 2 {
			panic(p)
		}
	}
}

func small(n int) { smaller(n - 1) }

func smaller(n int) { fmt.Println(1 / n) }
