package feishutest

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
)

// Encryption and signature of what is posted to the app
// (event-subscription-configure-/encrypt-key-encryption-configuration-case).

// Encrypt is base64(IV ‖ AES-256-CBC), the key being the SHA-256 of the Encrypt Key.
func Encrypt(key string, plain []byte) string {
	iv := make([]byte, aes.BlockSize)
	_, _ = rand.Read(iv) // never fails
	return encryptWith(key, iv, plain)
}

func encryptWith(key string, iv, plain []byte) string {
	block := cipherOf(key)
	n := aes.BlockSize - len(plain)%aes.BlockSize
	padded := append(bytes.Clone(plain), bytes.Repeat([]byte{byte(n)}, n)...)
	out := make([]byte, len(padded))
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, padded)
	return base64.StdEncoding.EncodeToString(append(bytes.Clone(iv), out...))
}

// Decrypt undoes it.
func Decrypt(key, text string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) < 2*aes.BlockSize || len(data)%aes.BlockSize != 0 {
		return nil, errors.New("not encrypted")
	}
	out := make([]byte, len(data)-aes.BlockSize)
	cipher.NewCBCDecrypter(cipherOf(key), data[:aes.BlockSize]).CryptBlocks(out, data[aes.BlockSize:])
	n := int(out[len(out)-1])
	if n == 0 || n > aes.BlockSize || !bytes.Equal(out[len(out)-n:], bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, errors.New("bad padding")
	}
	return out[:len(out)-n], nil
}

func cipherOf(key string) cipher.Block {
	sum := sha256.Sum256([]byte(key))
	block, err := aes.NewCipher(sum[:])
	if err != nil {
		panic(err) // 32 bytes are a key
	}
	return block
}

// Sign is X-Lark-Signature: a plain hash over timestamp, nonce, Encrypt Key and the body as sent.
func Sign(timestamp, nonce, key string, body []byte) string {
	sum := sha256.Sum256(append([]byte(timestamp+nonce+key), body...))
	return hex.EncodeToString(sum[:])
}
