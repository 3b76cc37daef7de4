"""Fixed replies to what is no question for the documents: greetings, thanks, what the assistant is, other requests."""

import re

from index.provinces import named_in
from index.vietnamese import fold, normal_form

_EXAMPLE = "Ví dụ: «Bộ khuyến nghị Đồng Tháp điều gì về chuyển đổi số giáo dục?»"
_TASK = (
    "tra cứu trong các tài liệu đã nạp: Bộ Thông tin và Truyền thông đã khuyến nghị điều gì, ai nêu, với tỉnh nào, "
    "khi nào; mỗi câu trả lời đều kèm trích dẫn nguồn"
)
GREETING = f"Kính chào anh/chị. Tôi là trợ lý {_TASK}. Mời anh/chị nêu câu hỏi. {_EXAMPLE}"
THANKS = f"Rất hân hạnh được hỗ trợ anh/chị. Khi cần tra cứu thêm, mời anh/chị đặt câu hỏi tiếp theo. {_EXAMPLE}"
FAREWELL = f"Xin chào tạm biệt anh/chị. Khi cần tra cứu tài liệu, mời anh/chị quay lại và đặt câu hỏi. {_EXAMPLE}"
IDENTITY = f"Tôi là trợ lý hỏi đáp tự động, không phải là người; tôi giúp anh/chị {_TASK}. {_EXAMPLE}"
ABILITY = (
    f"Tôi giúp anh/chị {_TASK}. Anh/chị nêu câu hỏi bằng tiếng Việt, nên ghi rõ tỉnh, người nói, lĩnh vực hoặc thời "
    f"gian cần tìm, rồi mở nguồn trích dẫn để đối chiếu. {_EXAMPLE}"
)
ROLE = (
    "Tôi chỉ trả lời câu hỏi về nội dung các tài liệu đã nạp; tôi không thay đổi vai trò và không cung cấp hướng dẫn "
    f"nội bộ của hệ thống. Mời anh/chị nêu câu hỏi về tài liệu. {_EXAMPLE}"
)
OUTSIDE = (
    "Yêu cầu này nằm ngoài phạm vi của trợ lý. Tôi chỉ giúp "
    f"{_TASK}. Mời anh/chị nêu câu hỏi về nội dung tài liệu. {_EXAMPLE}"
)

_MOST_WORDS = 40
_BETWEEN = r"[\s,.!?;:~)\-]*"
_WHOM = (
    r"(?:(?:cac |quy )?(?:ban|anh|chi|em|vi)|chu|bac|tro ly(?: ao)?|bot|chatbot|ad|admin|moi nguoi|ca nha"
    r"|there|oi|a|nhe|nha|ah"
    r"|buoi (?:sang|trua|chieu|toi)|ngay moi)"
)
_HELLO = re.compile(
    rf"^(?:(?:xin |kinh )?chao(?! (?:mung|hang|gia|doi))|hello|hi|hey|alo|good (?:morning|afternoon|evening))\b"
    rf"(?:{_BETWEEN}{_WHOM}\b(?! (?:la|co|lam|giup|noi|do|ten|oi)\b))*{_BETWEEN}"
)
_MUCH = (
    r"nhieu|rat nhieu|lam|so much|very much|a lot|you|ban|anh|chi|em|tro ly|bot|a|nhe|nha"
    r"|da (?:giup(?: do)?|ho tro|tra loi)"
    r"|toi|minh|vi (?:cau tra loi|da giup|su ho tro|thong tin)|thong tin (?:rat )?huu ich"
    r"|toi (?:da )?(?:hieu|ro)(?: roi)?"
    r"|cau tra loi|that|rat"
)
_THANK = re.compile(
    rf"^(?:(?:ok(?:e|ay)?|vang|da|duoc roi|tot|hay qua|tuyet voi){_BETWEEN})?(?:xin |rat |chan thanh |tran trong )*"
    rf"(?:cam on|thank you|thanks|thank|tks|thks)\b(?:{_BETWEEN}(?:{_MUCH})\b)*{_BETWEEN}"
)
_ASSENT = re.compile(
    r"^(?:ok|oke|okay|vang(?: a)?|da(?: vang)?|duoc roi|tot lam|rat tot|hay qua|tuyet voi"
    r"|(?:toi )?(?:da )?(?:hieu|ro) roi)[\s.!]*$"
)
_BYE = re.compile(
    rf"^(?:chao )?(?:tam biet|bye(?:[ -]?bye)?|good ?bye|hen gap lai|see you(?: (?:later|again))?"
    rf"|ket thuc (?:o day|tai day))\b"
    rf"(?:{_BETWEEN}(?:{_WHOM}|sau|hen gap lai)\b)*[\s.!]*$"
)
_YOU = r"(?:ban|em|bot|chatbot|tro ly(?: ao)?(?: nay)?|chatbot nay|may)(?: oi)?,?"
_WHO = re.compile(
    rf"^(?:(?:the |vay |cho (?:toi )?hoi,? |xin hoi,? )?{_YOU} (?:la ai|la gi|la cai gi|ten (?:la )?gi"
    rf"|ten la chi|bao nhieu tuoi|(?:co )?khoe khong"
    r"|(?:duoc |do )ai (?:tao|lam|phat trien|xay dung|viet)(?: ra)?|la (?:nguoi|may|robot|ai"
    r"|chatgpt)(?: hay .{1,20})?"
    r"|co phai (?:la )?.{0,12}(?:nguoi|may|robot|chatgpt|ai)(?: that)?(?: khong)?)"
    r"|who are you|what are you|what(?: i|')?s your name|are you .{0,8}(?:human|robot|chatgpt|ai|bot)|how are you"
    r"|(?:hay )?(?:tu )?gioi thieu (?:ve )?(?:ban|ban than|minh|ban than minh|ban la ai))(?: vay| the| a"
    r"| nhi)*[\s?.!]*$"
)
_CAN = re.compile(
    rf"^(?:(?:the |vay |cho (?:toi )?hoi,? |xin hoi,? )?{_YOU} (?:co the |co |biet )?(?:lam|giup|tra loi"
    rf"|ho tro|biet)(?: duoc)?"
    r"(?: (?:cho )?(?:toi|minh|em|anh|chi))?(?: duoc)?(?: nhung| cac)? ?(?:gi|viec gi|cau hoi nao"
    r"|cau hoi gi|nhu the nao|the nao|ve gi)"
    r"|(?:cho (?:toi )?(?:xin|hoi|xem|biet) |xin |can )?(?:huong dan|cach) (?:su dung|dung)"
    r"(?: (?:he thong|tro ly|phan mem|ung dung|cong cu|chatbot|ban|bot))?(?: nay)?"
    r"|(?:tro ly|chatbot)(?: nay)? (?:dung|su dung|hoat dong|hoi)"
    r"|(?:lam (?:the nao|sao) de )?(?:su )?dung (?:tro ly|chatbot|ban)(?: nay)?"
    r"|toi (?:co the|nen|duoc|phai) hoi (?:ban )?(?:duoc )?(?:nhung )?(?:gi|the nao|nhu the nao|cau gi)"
    r"|what can you do|what do you do|how (?:do i|to) use (?:this|it|you)|how does (?:this|it) work"
    r"|help(?: me)?|tro giup|giup toi(?: voi)?)"
    r"(?: duoc| (?:nhu )?the nao| ra sao| lam sao| vay| the| a| khong| nhi| voi| toi| cho (?:toi|minh|em"
    r"|anh|chi))*[\s?.!]*$"
)
_CHANGE = re.compile(
    r"\b(?:bo qua|quen(?: di| het)?|phot lo|lo di|ignore|disregard|forget) .{0,30}\b(?:huong dan|chi dan"
    r"|quy tac|menh lenh|cau lenh"
    r"|instructions?|rules|prompts?|vai tro)\b"
    r"|\b(?:in|hien thi|cho (?:toi |minh )?(?:xem|biet)|tiet lo|doc|show|print|reveal|repeat|viet lai"
    r"|nhac lai|noi|give|what is|cung cap"
    r"|sao chep|xuat)\b"
    r".{0,25}\b(?:(?:system )?prompt|system message|(?:chi dan|cau lenh|huong dan|loi nhac"
    r"|lenh) (?:he thong|goc|noi bo|ban dau))\b"
    r"|^(?:cho (?:toi )?)?(?:xem )?system prompt\b|\b(?:dong vai(?! tro)|gia vo (?:la|lam)|gia lam|nhap vai"
    r"|pretend|act as|you are now)\b"
    r"|\b(?:tu (?:gio|bay gio|nay)|bay gio),? (?:ban|em|bot) (?:la|se la|phai)\b|\b(?:jailbreak"
    r"|developer mode|che do (?:dan|nha phat trien))\b"
)
_REQUEST = (
    r"(?:(?:hay|ban|xin|vui long|co the|lam on|nho ban|giup|giup toi|giup minh|ho|cho toi|cho minh|please"
    r"|can you|could you|toi muon)[, ]+)*"
)
_SUM = r"[\d\s.,()]*\d\s*(?:[x*+/:^-]|cong|tru|nhan|chia)(?: voi| cho)?\s*\d[\d\s.,()x*+/:^-]*"
_OTHERS = re.compile(
    "|".join(
        [
            r"\b(?:du bao )?thoi tiet\b|\btroi (?:hom nay|ngay mai|co mua|mua|nang)\b|\bweather\b"
            r"|\bnhiet do (?:hom nay|ngoai troi|bay gio)\b",
            r"\bke\b.{0,22}\b(?:chuyen (?:cuoi|vui|tieu lam|ma|co tich|hai)|truyen)\b"
            r"|\btell (?:me )?a (?:joke|story)\b|\bchuyen tieu lam\b",
            rf"^{_REQUEST}(?:lam|viet|sang tac|doc|write)\b.{{0,22}}\b(?:tho|bai hat|ca khuc|truyen ngan"
            rf"|tieu thuyet|van te|poem|song)\b",
            rf"^{_REQUEST}(?:dich|phien dich|translate)\b(?! vu| benh| te| chuyen).*\b(?:sang|ra|qua|to"
            rf"|into|tieng|cau|doan|bai)\b",
            rf"^{_REQUEST}(?:viet|lap trinh|code|sua|debug|write)\b.{{0,30}}\b(?:code|python|java"
            rf"|javascript|html|php|sql|ham sap xep|thuat toan)\b",
            rf"^{_REQUEST}(?:lap trinh|code) (?:game|web|website|app)\b",
            rf"^{_SUM}(?:bang (?:may|bao nhieu)|la (?:may|bao nhieu)|=)[\s?]*$"
            rf"|^[\d\s.,()]*\d\s*[x*+^]\s*\d[\d\s.,()x*+^]*[\s?]*$",
            rf"^{_REQUEST}(?:tinh|giai)(?! doan)\b.{{0,18}}(?:\d\s*[x*+/:^-]\s*\d|\bphuong trinh\b"
            rf"|\bdao ham\b|\btich phan\b|\bbai toan (?:lop|nay)\b|\btoan lop\b)",
            r"\b(?:bong da|world cup|ngoai hang anh|champions league|v-league|sea games|messi|ronaldo"
            r"|manchester|real madrid)\b",
            r"\b(?:ban|em|bot) (?:co )?(?:yeu|thich|nho|ghet) (?:toi|anh|em|minh)\b|\b(?:nguoi yeu"
            r"|that tinh|to tinh|tan gai|tan tinh|i love you"
            r"|toi (?:yeu|thich) (?:ban|em)|lay vo|lay chong)\b",
            r"\b(?:nau|che bien) (?:mon|an|pho|com|canh|bun|che|chao|lau)\b|\bcach (?:nau|lam banh|kho|ran"
            r"|luoc)\b|\bcong thuc nau\b"
            r"|\b(?:hom nay|trua nay|toi nay|sang nay) (?:nen )?an gi\b|\bquan an ngon\b|\brecipe\b",
            r"\bgia (?:co phieu|vang|bitcoin|xang|usd|do la|dau|bac|nha dat)\b|\b(?:co phieu|bitcoin"
            r"|vn-?index|xo so|lo de|ty gia|stock price)\b",
            r"\b(?:tu vi|boi toan|xem boi|cung hoang dao|choi (?:game|co)|(?:goi y|xem) (?:bo )?phim"
            r"|nghe nhac|hat (?:cho|mot))\b",
            r"^(?:cho hoi |bay gio )?(?:may gio(?: roi)?|la may gio(?: roi)?|hom nay (?:la )?(?:thu may"
            r"|ngay (?:bao nhieu|may)))[\s?]*$",
        ]
    )
)
# With one of these it may be a question for the documents after all.
_DOCUMENTS = re.compile(
    r"\b(?:(?:bo|thu|cuc|vu) truong|bo (?!qua|phim)\w+|khuyen nghi|kien nghi|de xuat|de nghi|cam ket"
    r"|chi dao|phat bieu|chuyen doi so|cong nghe"
    r"|cntt|cds|dich vu|chinh (?:quyen|phu)|ubnd|hdnd|tinh (?:uy|nao)|so (?:tt|thong tin)|vien thong"
    r"|buu chinh|bao chi|an toan thong tin"
    r"|nghi quyet|quyet dinh|tai lieu|hoi nghi|buoi lam viec|dia phuong|doanh nghiep|bi thu|chu tich"
    r"|giam doc|cuc \w+|vu (?:buu|cntt|phap)"
    r"|nen tang|ung dung|du lieu|thuong mai|chien luoc|ngan sach|giao ban|theo (?:ong|ba)|vnpt|viettel|mobifone)\b"
)


def reply(question: str) -> str | None:
    """The fixed reply to a greeting, thanks, a word about the assistant or a request it does not serve; else None."""
    text = _plain(question)
    if not text or len(text.split()) > _MOST_WORDS:
        return None
    if _BYE.match(text):
        return FAREWELL
    rest, kind = _opening(text)
    if not rest:
        return kind
    if _BYE.match(rest):
        return FAREWELL
    if _WHO.match(rest):
        return IDENTITY
    if _CAN.match(rest):
        return ABILITY
    if _DOCUMENTS.search(rest):
        return None
    if _CHANGE.search(rest):
        return None if named_in(normal_form(question)) else ROLE
    return OUTSIDE if _OTHERS.search(rest) else None


def _plain(question: str) -> str:
    text = fold(normal_form(question))
    return " ".join("".join(char if char.isalnum() or char in " ,.!?;:+-*/^=()%'&" else " " for char in text).split())


def _opening(text: str) -> tuple[str, str | None]:
    """What is left behind greetings and thanks, and the reply that these alone would get."""
    kind = THANKS if _ASSENT.match(text) else None
    rest = "" if kind else text
    while match := _HELLO.match(rest) or _THANK.match(rest):
        kind = THANKS if match.re is _THANK else kind or GREETING
        rest = rest[match.end() :]
    return rest, kind
