"""The words by which a sentence says that somebody speaks, and those around them."""

import re

VERB = re.compile(
    r"(?<!\w)(?:cho (?:biết|rằng|hay)|nói(?! riêng| chung| trên| thay| hộ)(?: rõ| thêm)?|nhấn mạnh|khẳng định|nhận định"
    r"|đề nghị|đề xuất|yêu cầu|lưu ý|gợi ý|gợi mở"
    r"|khuyến nghị|khuyến cáo|kiến nghị|cam kết|chia sẻ|phát biểu|bày tỏ|thông tin (?:thêm|rằng|về|tới|với|đến)"
    r"|thông báo|báo cáo|đánh giá|nêu(?: rõ| ra)?"
    r"|dẫn(?! (?:đầu|đoàn|dắt|đường|tới|đến))|chỉ ra|chỉ rõ|giao(?! (?:dịch|thông|lưu|diện|tiếp|thương|ban|nhau"
    r"|mùa))|chỉ đạo|mong muốn|mong|tin tưởng"
    r"|(?<![Tt]hông )(?<!bản )tin(?! học| tức| cậy| nhắn)"
    r"|cảm ơn|trân trọng|ghi nhận|dẫn chứng|phân tích|giải thích|giải đáp|trả lời|đáp"
    r"|đặt vấn đề|đặt câu hỏi|hỏi|dành (?:lời|nhiều lời)|nhận thấy|tuyên bố|gợi ra|xác nhận|bàn về|nêu quan điểm"
    r"|đồng tình|nhất trí|thống nhất|hoan nghênh|kết luận|hứa|tiết lộ|ngỏ (?:ý|lời)"
    r"|[hk][yỳi] vọng|trăn trở"
    r"|tâm sự|nhắc|căn dặn|dặn|ví von|đồng ý|biểu dương|thừa nhận|nhìn nhận|cảnh báo|quán triệt|định hướng"
    r"|chúc mừng|(?:rất )?ấn tượng"
    r"|phản ánh|trình bày|tiếp thu|lý giải|tán thành|xin|tha thiết|chốt|kêu gọi|đặt ra|chào|trao đổi|gửi lời"
    r"|bổ sung|có ý kiến|kể|lo ngại|băn khoăn"
    r"|đề cập|quan niệm|kỳ vọng|hi vọng|hy vọng|ủng hộ|hướng dẫn|cung cấp|động viên|đặt hàng|kết thúc|tiếp lời"
    r"|quả quyết|mô tả|so sánh|khái quát|dẫn số liệu|thống kê|nói về|nhắn|tâm đắc|trấn an|giục|nhìn lại|thừa nhận"
    r"|bắt đầu bằng|nhận xét|trình chiếu|góp ý|mở đầu|khép lại|kết lại|đặt (?:một |ra )?(?:câu hỏi|bài toán)"
    r"|giới thiệu|gửi gắm|lấy ví dụ|bộc bạch|phân trần|đúc kết|tổng kết|tóm tắt|hiến kế|viết(?= trong| rằng| thư|:)"
    r"|phản hồi|hồi đáp|làm rõ"
    r"|nhắc nhở|thúc giục|dẫn lời|cam đoan|bảo|nhận sẽ|nhận lời|nhận (?=sẽ)|than|nêu ý kiến|đặt vấn đề|chỉ thị"
    r"|thông tin(?=[,:])|lưu tâm|khuyên|đề đạt|thay mặt|khuyến khích|đưa ra|giãi bày|nói vui|chia tay|muốn"
    r"|lên tiếng|sẵn sàng|bế mạc|khai mạc|đáp từ|đáp lời|truyền đạt|dẫn lại|than phiền|phàn nàn|bức xúc|thắc mắc"
    r"|nói ngắn gọn)(?!\w)"
)
ADVERBS = re.compile(
    r"(?:\s*,?\s(?:cũng|đã|còn|rất|luôn|tiếp tục|đồng thời|thẳng thắn|sẽ|mới|vừa|trực tiếp|có|tiếp|đều|thêm|chỉ"
    r"|từng|cùng|có văn bản|nhiều lần|một lần nữa|lần lượt|có (?:một số|nhiều|các|ba|hai|những)"
    r"|lại|chính thức|bày tỏ|xin|tha thiết|trân trọng|chủ động|thường|riêng|nay|đặc biệt|đánh giá cao và"
    r"|ghi nhận và|chân thành|thì|thẳng|vui vẻ|hào hứng|băn khoăn|hết sức|liên tục))+\s*$"
)
ASIDE = re.compile(
    r",?\s(?:tại|tham dự|có mặt tại|được ủy quyền|trong|về|khi|nhân|qua|với|ở|cùng|thay mặt"
    r"|đại diện)\s[^;:“”\"]{1,90},?\s*$"
)
OPENERS = re.compile(
    r"(?:^|[,:;.–(*-]|[”\"]|^\s*(?:\d{1,2}|[a-zđ])[.)])\s*(?:(?:và|còn|nhưng|song|tuy nhiên|đồng thời|sau đó"
    r"|tiếp đó|trong đó|theo đó|do đó|vì vậy|vì thế|nay|rằng|cũng|ngay|riêng"
    r"|nhân dịp này|ngoài ra|bên cạnh đó|mới đây|hôm nay|hiện nay|hiện|trước đó|phần \w+(?: \w+){0,3}(?: của)?"
    r"|thay mặt \w+|về phía|phía|từ phía|ở phía|qua lời|qua đó|trước mắt|thì|tại (?:buổi làm việc|hội nghị|cuộc họp"
    r"|buổi họp))\s*)*$",
    re.IGNORECASE,
)
NO_SUBJECT = re.compile(
    r"(?<!\w)(?:mà|của|do|với|cho|cùng|bởi|được|nghe|gồm|là|để|như|về|có|đến|bị|giữa|từ|gặp|mời|tiếp|đón|cảm ơn"
    r"|tới|gửi|trước|lời|sau|dự|ý kiến|đồng chí|và)\s*$",
    re.IGNORECASE,
)
BY_WHOM = re.compile(
    r"(?:^|[,:;.–] )(?:[Bb]áo cáo|[Tt]ham luận|[Ýý] kiến|[Cc]âu hỏi|[Ss]ố liệu|[Pp]hát biểu)[^,:;.]{0,60}"
    r"\s(?:của|do)\s$"
)
ACCORDING = re.compile(
    r"\s(?:(?:các )?(?:ý kiến|đánh giá|chia sẻ|phát biểu|đề nghị|gợi ý|báo cáo|lời|quan điểm|nhận định|phân tích"
    r"|đề xuất|lưu ý|định hướng|giải thích"
    r"|số liệu|thông tin|phần|chỉ đạo|yêu cầu|tinh thần|khuyến nghị|nhận xét|trong|(?:phát )?biểu|này|đó|của|từ"
    r"|mà|kiến|theo|lại|do|các)|\s)*"
)
# What is done so, not what is said: "gỡ 23 bài theo yêu cầu của Cục".
AS_TOLD = re.compile(r"\s(?:yêu cầu|đề nghị|chỉ đạo|phân công|tinh thần|khuyến nghị|đề xuất) ")
# At the beginning of a report: who came, before anybody speaks.
ATTENDS = re.compile(
    r"(?:(?:đã|cũng|vừa|trực tiếp|lại|có|chính thức|lần đầu|đang)\s)*"
    r"(?:dẫn đầu|đến|tới|dự|tham|chủ trì|chủ tọa|thăm|khảo sát|làm việc"
    r"|buổi|chuyến|cuộc|ngồi|tiếp|đón|ký|trao|tặng|bấm|cắt băng"
    r"|phát biểu|đứng|bước|thực hiện|khi|vào|trong|ngày|sáng|chiều)(?!\w)"
)
SOURCE = re.compile(
    r"[Tt]heo (?:các )?(?:số liệu|thống kê|báo cáo|kết quả|đánh giá xếp hạng|quy định|kế hoạch|danh sách)"
)
WISHES = frozenset(
    {"sẵn sàng", "muốn", "mong", "mong muốn"}
)  # of an organ that is asked: "Tỉnh có sẵn sàng làm không?"
WILL = re.compile(r"(?<!\w)(?:sẽ|đang|chưa)(?!\w)")
# To say these is to do them: the word is part of what is said.
PERFORMS = re.compile(
    r"đề nghị|đề xuất|yêu cầu|khuyến nghị|khuyến cáo|kiến nghị|cam kết|giao|chỉ đạo|mong|hứa|xin|kêu gọi|nhắc|ngỏ"
    r"|gợi ý|lưu ý|cảm ơn|hoan nghênh|tin|đánh giá|ghi nhận|khuyên|hỏi|đặt|nhận|chúc|căn dặn|sẵn sàng|đồng ý"
    r"|nhất trí|thống nhất|khuyến khích"
)
# What an organ of a province is told to do, rather than says.
ACTS = frozenset(
    {"giao", "chỉ đạo", "yêu cầu", "cung cấp", "hướng dẫn", "thông báo", "đưa ra", "khuyến khích", "chỉ ra"}
)
DONE = re.compile(r"(?<!\w)(?:đã|vừa|cũng)(?!\w)")
REQUEST = re.compile(
    r"(?:kính |trân trọng )?(?:kiến nghị|xin|mong(?: muốn)?|đề xuất|đề nghị) (?:Bộ|được|Cục|Vụ|Chính phủ|Trung ương"
    r"|cho|các tỉnh|tỉnh|thành phố|UBND)(?!\w)"
)
