"""WeChat and WeCom played on this machine, from their public protocols.

Messages are signed, encrypted and opened with `wechatpy`, so that our own cryptography meets an
independent peer. `make wechat-sim` (`python -m tests.standin`) chats through the real channel.
"""
