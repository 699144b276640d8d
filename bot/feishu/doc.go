// Package feishu speaks with the Feishu open platform: it verifies, decrypts and parses what comes in, and
// renders and sends what goes out. It knows conversations only; what is said in them is the service's
// business. Nothing of the platform leaves it but opaque ids, and no secret leaves it at all.
//
// It uses net/http and its own few structs instead of larksuite/oapi-sdk-go v3.5.3. The SDK would not pay:
// its dispatcher accepts forged events when no Encrypt Key is set, compares signatures in variable time and
// reads bodies without limit; its token cache repeats the same stale token on 99991663; its dispatcher
// costs 15 s and 158 MB of build, and what is left of it is about a dozen POSTs.
package feishu
