//go:build !faults

package main

import "github.com/hack-pad/safejs"

func offerFaults(safejs.Value) error { return nil }
