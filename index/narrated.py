"""What a reporter tells himself: that people met, what a picture shows."""

import re

EVENT = re.compile(
    r"(?<!sẽ )(?:đã có|có|diễn ra|tổ chức) (?:một )?(?:buổi|cuộc) (?:làm việc|họp|gặp)|ký kết|tham dự|cùng dự"
    r"|tham gia buổi"
    r"|kết thúc (?:hội nghị|buổi|cuộc)|đã diễn ra|diễn ra (?:chiều|sáng|ngày)|(?:đến|tới) thăm"
    r"|(?:đã|Chính phủ) ký (?:quyết định|ban hành)|dâng hương"
    r"|thăm quan|dự (?:buổi|hội nghị)|(?<!sẽ )tổ chức (?:hội nghị|buổi)",
    re.IGNORECASE,
)
# A line of its own under a picture, whatever the loader took it for.
PICTURED = re.compile(
    r"^[^#].*(?:phát biểu tại|trao tặng|chụp ảnh|(?:đến|tới) thăm|dâng hương|bắt tay|quang cảnh|toàn cảnh|ký kết"
    r"|tại (?:buổi làm việc|hội nghị))",
    re.IGNORECASE,
)
CAPTION_LIKE = re.compile(
    r"^[^,;:]{5,90}\s(?:phát biểu|chia sẻ|trao đổi|trình bày|báo cáo|kết luận)(?: kết luận| chỉ đạo)?\s(?:tại"
    r"|trong)\s[^,;:]{3,60}$"
)
