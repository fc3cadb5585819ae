package span_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"flexcaselog/internal/span"
)

func TestItEnds(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		make       func(span.Context) (span.Context, func())
		err, cause error
	}{
		"when it is stopped": {func(p span.Context) (span.Context, func()) {
			return span.WithCancel(p)
		}, span.Canceled, span.Canceled},
		"with a cause": {func(p span.Context) (span.Context, func()) {
			ctx, stop := span.WithCancelCause(p)
			return ctx, func() { stop(broken) }
		}, span.Canceled, broken},
		"with no cause": {func(p span.Context) (span.Context, func()) {
			ctx, stop := span.WithCancelCause(p)
			return ctx, func() { stop(nil) }
		}, span.Canceled, span.Canceled},
		"when it is stopped before its time": {func(p span.Context) (span.Context, func()) {
			return span.WithTimeout(p, time.Hour)
		}, span.Canceled, span.Canceled},
		"when its time has come": {func(p span.Context) (span.Context, func()) {
			ctx, stop := span.WithTimeout(p, time.Second)
			return ctx, func() { <-ctx.Done(); stop() }
		}, span.DeadlineExceeded, span.DeadlineExceeded},
		"with its parent": {func(p span.Context) (span.Context, func()) {
			parent, stop := span.WithCancelCause(p)
			ctx, _ := span.WithTimeout(parent, time.Hour)
			return ctx, func() { stop(broken) }
		}, span.Canceled, broken},
		"with its parent's time": {func(p span.Context) (span.Context, func()) {
			parent, stop := span.WithTimeout(p, time.Second)
			ctx, _ := span.WithCancel(parent)
			return ctx, func() { <-ctx.Done(); stop() }
		}, span.DeadlineExceeded, span.DeadlineExceeded},
		"with a context.Context": {func(span.Context) (span.Context, func()) {
			parent, stop := context.WithCancel(context.Background())
			ctx, _ := span.WithCancel(parent)
			return ctx, func() { stop(); <-ctx.Done() }
		}, span.Canceled, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, end := test.make(span.Background())
				require.NoError(t, ctx.Err())
				require.NoError(t, span.Cause(ctx))
				end()
				end()
				<-ctx.Done()
				require.Equal(t, test.err, ctx.Err())
				require.Equal(t, test.cause, span.Cause(ctx))
			})
		})
	}
}

func TestWhatIsMadeUnderAnEndedOneHasEnded(t *testing.T) {
	t.Parallel()
	parent, stop := span.WithCancelCause(span.Background())
	stop(errors.New("over"))
	ctx, _ := span.WithTimeout(parent, time.Hour)
	<-ctx.Done()
	require.Equal(t, span.Canceled, ctx.Err())
	require.EqualError(t, span.Cause(ctx), "over")
}

func TestTheBackgroundNeverEnds(t *testing.T) {
	t.Parallel()
	require.Nil(t, span.Background().Done())
	require.NoError(t, span.Background().Err())
	require.NoError(t, span.Cause(span.Background()))
}

// A plugin waits a hundred thousand times under one context.
func TestWhatHasEndedIsNotKept(t *testing.T) {
	parent, stop := span.WithCancel(span.Background())
	defer stop()
	wait := func() {
		_, stop := span.WithTimeout(parent, time.Hour)
		stop()
	}
	wait()
	require.Less(t, testing.AllocsPerRun(1000, wait), 20.0)
	require.Zero(t, span.Children(parent))
}

func TestTheEarliestDeadlineCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now().UnixMilli()
		root, stop := span.WithCancel(span.Background())
		defer stop()
		long, stopLong := span.WithTimeout(root, time.Minute)
		defer stopLong()
		short, stopShort := span.WithTimeout(long, time.Second)
		defer stopShort()
		under, stopUnder := span.WithTimeout(short, time.Hour)
		defer stopUnder()
		for name, tt := range map[string]struct {
			ctx  span.Context
			want int64
		}{
			"one that never ends has none":         {span.Background(), 0},
			"one that is only stopped has none":    {root, 0},
			"one with a time limit has that":       {long, now + 60_000},
			"a shorter one under it has its own":   {short, now + 1000},
			"a longer one has that of who is over": {under, now + 1000},
		} {
			require.Equal(t, tt.want, span.Deadline(tt.ctx), name)
		}
	})
}
