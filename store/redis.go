package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// redisKeys begins all keys, so that a server may be shared with others.
const redisKeys = "fenghuo:"

type redisShared struct {
	client  *redis.Client
	acquire *redis.Script
	release *redis.Script
	take    *redis.Script
}

// quiet keeps the library from writing to the terminal what it returns as errors anyway.
type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

var quieten = sync.OnceFunc(func() { redis.SetLogger(quiet{}) })

// NewRedis shares through a Redis server, redis://… or rediss://…. A server that does not answer is no
// error: what it holds may be lost, and the service starts without it.
func NewRedis(ctx context.Context, url string, log *slog.Logger) (Shared, io.Closer, error) {
	opts, err := redis.ParseURL(url)
	if err != nil {
		return nil, nil, errors.New("redis.url: not a valid redis:// URL") // the library's error may quote the password
	}
	opts.ClientName, opts.DisableIdentity = "fenghuo", true
	opts.MaxRetries, opts.DialerRetries = 1, 1 // callers ask again by themselves, and must not hang meanwhile
	opts.DialTimeout, opts.ReadTimeout, opts.WriteTimeout = 2*time.Second, 2*time.Second, 2*time.Second
	quieten()
	r := &redisShared{
		client:  redis.NewClient(opts),
		acquire: redis.NewScript(acquireScript),
		release: redis.NewScript(releaseScript),
		take:    redis.NewScript(takeScript),
	}
	if err := r.client.Ping(ctx).Err(); err != nil {
		log.Warn("redis does not answer", "server", opts.Addr, "err", err)
	}
	return r, r.client, nil
}

// acquireScript sets a lease that is free or already the holder's.
const acquireScript = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`

// releaseScript deletes a lease that is the holder's.
const releaseScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`

// takeScript keeps a bucket as its content and the moment of it, by the server's clock, so that replicas
// need not agree on the time. It answers how many milliseconds to wait.
const takeScript = `
local rate, burst, n = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local need = math.min(n, burst)
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local b = redis.call('HMGET', KEYS[1], 'left', 'at')
local left, at = tonumber(b[1] or burst), tonumber(b[2] or now)
left = math.min(burst, left + math.max(0, now - at) * rate / 1000)
local wait = 0
if left >= need then left = left - n else wait = math.ceil((need - left) * 1000 / rate) end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - left) * 1000 / rate) + 1000)
return wait`

func (r *redisShared) Acquire(ctx context.Context, lease, holder string, ttl time.Duration) (bool, error) {
	n, err := r.acquire.Run(ctx, r.client, []string{redisKeys + "lease:" + lease}, holder, ttl.Milliseconds()).Int()
	if err != nil {
		return false, fmt.Errorf("acquire lease %s: %w", lease, err)
	}
	return n == 1, nil
}

func (r *redisShared) Release(ctx context.Context, lease, holder string) error {
	if err := r.release.Run(ctx, r.client, []string{redisKeys + "lease:" + lease}, holder).Err(); err != nil {
		return fmt.Errorf("release lease %s: %w", lease, err)
	}
	return nil
}

func (r *redisShared) Token(ctx context.Context, name string) (string, bool, error) {
	v, err := r.client.Get(ctx, redisKeys+"token:"+name).Result()
	if errors.Is(err, redis.Nil) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("get token %s: %w", name, err)
	}
	return v, true, nil
}

func (r *redisShared) SetToken(ctx context.Context, name, value string, ttl time.Duration) error {
	if err := r.client.Set(ctx, redisKeys+"token:"+name, value, ttl).Err(); err != nil {
		return fmt.Errorf("set token %s: %w", name, err)
	}
	return nil
}

func (r *redisShared) DropToken(ctx context.Context, name string) error {
	if err := r.client.Del(ctx, redisKeys+"token:"+name).Err(); err != nil {
		return fmt.Errorf("drop token %s: %w", name, err)
	}
	return nil
}

func (r *redisShared) Take(ctx context.Context, bucket string, n int, perSecond float64, burst int) (time.Duration, error) {
	ms, err := r.take.Run(ctx, r.client, []string{redisKeys + "bucket:" + bucket}, perSecond, burst, n).Int64()
	if err != nil {
		return 0, fmt.Errorf("take from %s: %w", bucket, err)
	}
	return time.Duration(ms) * time.Millisecond, nil
}
