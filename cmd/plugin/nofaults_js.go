//go:build !faults

package main

import "flexcaselog/internal/flexbridge"

func offerFaults(*flexbridge.Host) error { return nil }
